/*
 * What CloudTrail records, for each entry of the catalogue of alarms: what has to raise the alarm, and what comes close
 * and must not. Written by hand after AWS's examples, and independent of the catalogue's own lists.
 */

/** A record as CloudTrail writes it. */
export interface CloudTrailRecord {
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventType: string;
  readonly awsRegion: string;
  readonly readOnly: boolean;
  readonly [field: string]: unknown;
}

/** What is different in a record, by path; undefined takes the field away. */
export type Change = Readonly<Record<string, unknown>>;

/** A record that must not raise the alarm, though it differs little from one that does. */
export interface NearMiss {
  readonly because: string;
  readonly like: CloudTrailRecord;
  readonly change: Change;
  readonly event: CloudTrailRecord;
}

/** The records of one entry of the catalogue. */
export interface Samples {
  readonly matching: readonly CloudTrailRecord[];
  readonly nearMisses: readonly NearMiss[];
  /** What the pattern for the logs takes for the same, as CIS prints it, and that for EventBridge does not. */
  readonly onlyInLogs: readonly NearMiss[];
}

const ACCOUNT_ID = "111122223333";
const REGION = "eu-central-1";
/** Where the calls of services without regions are recorded. */
const GLOBAL_REGION = "us-east-1";

export const trailParts = {
  trailName: "audit",
  trailArn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT_ID}:trail/audit`,
  bucketName: `audit-logs-${ACCOUNT_ID}`,
  hasKey: true,
  keyArn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  hasLogGroup: true,
  logGroupName: "/aws/cloudtrail/audit",
  topicPrefix: `arn:aws:sns:${REGION}:${ACCOUNT_ID}:audit-alarms`,
} as const;

const user = {
  type: "IAMUser",
  principalId: "AIDACKCEVSQ6C2EXAMPLE",
  arn: `arn:aws:iam::${ACCOUNT_ID}:user/alice`,
  accountId: ACCOUNT_ID,
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  userName: "alice",
} as const;

const role = {
  type: "AssumedRole",
  principalId: "AROAIDPPEZS35WEXAMPLE:alice@example.com",
  arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/AWSReservedSSO_Administrator_0123456789abcdef/alice@example.com`,
  accountId: ACCOUNT_ID,
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  sessionContext: {
    sessionIssuer: {
      type: "Role",
      principalId: "AROAIDPPEZS35WEXAMPLE",
      arn: `arn:aws:iam::${ACCOUNT_ID}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Administrator_0123456789abcdef`,
      accountId: ACCOUNT_ID,
      userName: "AWSReservedSSO_Administrator_0123456789abcdef",
    },
    attributes: { creationDate: "2026-11-22T09:00:00Z", mfaAuthenticated: "false" },
  },
} as const;

const root = {
  type: "Root",
  principalId: ACCOUNT_ID,
  arn: `arn:aws:iam::${ACCOUNT_ID}:root`,
  accountId: ACCOUNT_ID,
} as const;

/** A call of a service by the user Alice, with what is different in it. */
export function call(
  service: string,
  eventName: string,
  requestParameters: unknown,
  overrides: Readonly<Record<string, unknown>> = {},
): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    userIdentity: user,
    eventTime: "2026-11-22T10:15:30Z",
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: REGION,
    sourceIPAddress: "203.0.113.17",
    userAgent: "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux#6.1 lang/python#3.13.7",
    requestParameters,
    responseElements: null,
    requestID: "7a3b0c5e-1111-4222-8333-9d2f6e4c1a00",
    eventID: "0c1d2e3f-4444-4555-8666-7b8a9c0d1e2f",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: ACCOUNT_ID,
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: `${service}.${REGION}.amazonaws.com`,
    },
    ...overrides,
  };
}

/** An attempt to sign in to the console. */
export function signIn(overrides: Readonly<Record<string, unknown>> = {}): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    userIdentity: { ...user, accessKeyId: "" },
    eventTime: "2026-11-22T10:15:30Z",
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    awsRegion: REGION,
    sourceIPAddress: "203.0.113.17",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    requestParameters: null,
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: {
      LoginTo: "https://console.aws.amazon.com/console/home?state=hashArgs&isauthcode=true",
      MobileVersion: "No",
      MFAUsed: "No",
    },
    eventID: "1f2e3d4c-7777-4888-8999-0a1b2c3d4e5f",
    readOnly: false,
    eventType: "AwsConsoleSignIn",
    managementEvent: true,
    recipientAccountId: ACCOUNT_ID,
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: `${REGION}.signin.aws.amazon.com`,
    },
    ...overrides,
  };
}

/** The calls of a service, by name and what they ask for. */
function calls(
  service: string,
  parameters: Readonly<Record<string, unknown>>,
  overrides: Readonly<Record<string, unknown>> = {},
): readonly CloudTrailRecord[] {
  return Object.entries(parameters).map(([name, asked]) => call(service, name, asked, overrides));
}

/** A record with a change. */
function changed(record: CloudTrailRecord, change: Change): CloudTrailRecord {
  const copy = structuredClone(record) as Record<string, unknown>;
  for (const [path, value] of Object.entries(change)) {
    const steps = path.split(".");
    const last = steps.pop() as string;
    const holder = steps.reduce((each, step) => each[step] as Record<string, unknown>, copy);
    if (value === undefined) {
      delete holder[last];
    } else {
      holder[last] = value;
    }
  }
  return copy as unknown as CloudTrailRecord;
}

function nearMiss(like: CloudTrailRecord, because: string, change: Change): NearMiss {
  return { because, like, change, event: changed(like, change) };
}

/** The record of a call among others. */
function of(records: readonly CloudTrailRecord[], name: string): CloudTrailRecord {
  const found = records.find(({ eventName }) => eventName === name);
  if (found === undefined) {
    throw new Error(`there is no call ${name}`);
  }
  return found;
}

/** Near misses of calls: other calls, by the one that they resemble. */
function otherCalls(
  records: readonly CloudTrailRecord[],
  names: Readonly<Record<string, readonly string[]>>,
): readonly NearMiss[] {
  return Object.entries(names).flatMap(([name, others]) =>
    others.map((other) => nearMiss(of(records, name), `${other} is another call than ${name}`, { eventName: other })),
  );
}

/** Near misses of calls: the same calls of another service. */
function ofAnotherService(records: readonly CloudTrailRecord[], service: string): readonly NearMiss[] {
  return records.map((record) =>
    nearMiss(record, `${record.eventName} is a call of ${service}`, { eventSource: `${service}.amazonaws.com` }),
  );
}

function samples(
  matching: readonly CloudTrailRecord[],
  nearMisses: readonly NearMiss[],
  onlyInLogs: readonly NearMiss[] = [],
): Samples {
  return { matching, nearMisses, onlyInLogs };
}

/** The words that EventBridge has for the types of CloudTrail's events. */
const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
  AwsConsoleAction: "AWS Console Action via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
};

/** What EventBridge makes of a record. */
export function asEventBridge(record: CloudTrailRecord): Readonly<Record<string, unknown>> {
  return {
    version: "0",
    id: "6f87d04b-9f74-4f04-a780-7acf4b0a9b38",
    "detail-type": DETAIL_TYPES[record.eventType],
    source: `aws.${record.eventSource.replace(/\.amazonaws\.com$/, "")}`,
    account: record.recipientAccountId,
    time: record.eventTime,
    region: record.awsRegion,
    resources: [],
    detail: record,
  };
}

function unauthorizedCalls(): Samples {
  const denied = call(
    "s3",
    "GetBucketPolicy",
    { bucketName: "payroll", Host: "payroll.s3.eu-central-1.amazonaws.com", policy: "" },
    { readOnly: true, errorCode: "AccessDenied", errorMessage: "Access Denied" },
  );
  const dryRun = call(
    "ec2",
    "RunInstances",
    { instancesSet: { items: [{ imageId: "ami-0abcdef1234567890", minCount: 1, maxCount: 1 }] } },
    {
      errorCode: "Client.UnauthorizedOperation",
      errorMessage: "You are not authorized to perform this operation.",
    },
  );
  const decrypt = call("kms", "Decrypt", null, {
    readOnly: true,
    errorCode: "AccessDenied",
    errorMessage: `User: ${user.arn} is not authorized to perform: kms:Decrypt`,
  });
  const secret = call(
    "secretsmanager",
    "GetSecretValue",
    { secretId: "database" },
    { readOnly: true, userIdentity: role, errorCode: "AccessDeniedException" },
  );
  const plain = call("ec2", "DescribeInstances", {}, { readOnly: true, errorCode: "UnauthorizedOperation" });
  return samples(
    [denied, dryRun, decrypt, secret, plain],
    [
      nearMiss(denied, "the call succeeded", { errorCode: undefined }),
      nearMiss(denied, "what was asked for is not there", { errorCode: "NoSuchBucketPolicy" }),
      nearMiss(denied, "the error says something before it", { errorCode: "VpceAccessDenied" }),
      nearMiss(dryRun, "the error says something after it", { errorCode: "Client.UnauthorizedOperationRetry" }),
      nearMiss(dryRun, "there were too many calls", { errorCode: "Client.RequestLimitExceeded" }),
      nearMiss(denied, "a service delivers logs", { sourceIPAddress: "delivery.logs.amazonaws.com" }),
      nearMiss(dryRun, "a service delivers logs", { sourceIPAddress: "delivery.logs.amazonaws.com" }),
      nearMiss(denied, "consoles ask HeadBucket of every bucket", { eventName: "HeadBucket" }),
    ],
  );
}

function signInsWithoutMfa(singleSignOn: boolean): Samples {
  const ofUser = signIn();
  const ofRoot = signIn({ userIdentity: { ...root, accessKeyId: "" }, awsRegion: GLOBAL_REGION });
  const federated = signIn({ userIdentity: { ...role, accessKeyId: "" } });
  const failed = signIn({ responseElements: { ConsoleLogin: "Failure" }, errorMessage: "Failed authentication" });
  const nearMisses = [
    nearMiss(ofUser, "a second factor was used", { "additionalEventData.MFAUsed": "Yes" }),
    nearMiss(ofUser, "the second factor was asked for, and nobody signed in yet", { eventName: "CheckMfa" }),
    nearMiss(ofUser, "somebody took on a role in the console", { eventName: "SwitchRole" }),
  ];
  return singleSignOn
    ? samples(
        [ofUser],
        [
          ...nearMisses,
          nearMiss(ofUser, "the identity provider asks for the second factor", { "userIdentity.type": "AssumedRole" }),
          nearMiss(ofUser, "the identity provider asks for the second factor", { "userIdentity.type": "SAMLUser" }),
          nearMiss(ofUser, "it is the root user, which another alarm watches", { "userIdentity.type": "Root" }),
          nearMiss(ofUser, "nobody got in", { "responseElements.ConsoleLogin": "Failure" }),
        ],
      )
    : samples([ofUser, ofRoot, federated, failed], nearMisses);
}

function rootUse(): Samples {
  const inConsole = signIn({ userIdentity: { ...root, accessKeyId: "" }, awsRegion: GLOBAL_REGION });
  const withKey = call(
    "iam",
    "CreateAccessKey",
    { userName: "alice" },
    { userIdentity: { ...root, accessKeyId: "AKIAIOSFODNN7EXAMPLE" }, awsRegion: GLOBAL_REGION },
  );
  const reading = call("s3", "ListBuckets", {}, { readOnly: true, userIdentity: root });
  const action = signIn({
    userIdentity: { ...root, accessKeyId: "" },
    eventName: "PasswordRecoveryCompleted",
    responseElements: { PasswordRecoveryCompleted: "Success" },
    awsRegion: GLOBAL_REGION,
  });
  const denied = call("organizations", "LeaveOrganization", null, {
    userIdentity: root,
    awsRegion: GLOBAL_REGION,
    errorCode: "AccessDenied",
  });
  return samples(
    [inConsole, withKey, reading, action, denied],
    [
      nearMiss(inConsole, "it is a user of IAM", { "userIdentity.type": "IAMUser" }),
      nearMiss(withKey, "it is a role", { "userIdentity.type": "AssumedRole" }),
      nearMiss(withKey, "the type is spelled otherwise", { "userIdentity.type": "RootUser" }),
      nearMiss(withKey, "a service calls for the root user", {
        "userIdentity.invokedBy": "cloudformation.amazonaws.com",
      }),
      nearMiss(reading, "a service calls for the root user", { "userIdentity.invokedBy": "AWS Internal" }),
      nearMiss(reading, "it is an event of a service, which nobody called", { eventType: "AwsServiceEvent" }),
    ],
  );
}

function iamPolicyChanges(): Samples {
  const policyArn = `arn:aws:iam::${ACCOUNT_ID}:policy/deployment`;
  const policyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const matching = calls(
    "iam",
    {
      DeleteGroupPolicy: { groupName: "developers", policyName: "inline" },
      DeleteRolePolicy: { roleName: "deployer", policyName: "inline" },
      DeleteUserPolicy: { userName: "alice", policyName: "inline" },
      PutGroupPolicy: { groupName: "developers", policyName: "inline", policyDocument },
      PutRolePolicy: { roleName: "deployer", policyName: "inline", policyDocument },
      PutUserPolicy: { userName: "alice", policyName: "inline", policyDocument },
      CreatePolicy: { policyName: "deployment", policyDocument },
      DeletePolicy: { policyArn },
      CreatePolicyVersion: { policyArn, policyDocument, setAsDefault: true },
      DeletePolicyVersion: { policyArn, versionId: "v2" },
      AttachRolePolicy: { roleName: "deployer", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      DetachRolePolicy: { roleName: "deployer", policyArn },
      AttachUserPolicy: { userName: "alice", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      DetachUserPolicy: { userName: "alice", policyArn },
      AttachGroupPolicy: { groupName: "developers", policyArn },
      DetachGroupPolicy: { groupName: "developers", policyArn },
    },
    { awsRegion: GLOBAL_REGION },
  );
  const created = of(matching, "CreatePolicy");
  return samples(
    matching,
    otherCalls(matching, {
      DeleteGroupPolicy: ["DeleteGroup"],
      DeleteRolePolicy: ["DeleteRole", "DeleteRolePermissionsBoundary"],
      DeleteUserPolicy: ["DeleteUser"],
      PutGroupPolicy: ["GetGroupPolicy"],
      PutRolePolicy: ["GetRolePolicy", "PutRolePermissionsBoundary"],
      PutUserPolicy: ["ListUserPolicies"],
      CreatePolicy: ["GetPolicy"],
      DeletePolicy: ["ListPolicies"],
      CreatePolicyVersion: ["GetPolicyVersion"],
      DeletePolicyVersion: ["ListPolicyVersions"],
      AttachRolePolicy: ["ListAttachedRolePolicies"],
      DetachRolePolicy: ["UpdateRole"],
      AttachUserPolicy: ["ListAttachedUserPolicies"],
      DetachUserPolicy: ["UpdateUser"],
      AttachGroupPolicy: ["AddUserToGroup"],
      DetachGroupPolicy: ["RemoveUserFromGroup"],
    }),
    [
      nearMiss(created, "Organizations has a call of that name", { eventSource: "organizations.amazonaws.com" }),
      nearMiss(of(matching, "DeletePolicyVersion"), "IoT has a call of that name", {
        eventSource: "iot.amazonaws.com",
      }),
    ],
  );
}

function trailChanges(): Samples {
  const { trailArn: name, bucketName } = trailParts;
  const matching = calls("cloudtrail", {
    CreateTrail: { name: "second", s3BucketName: bucketName, isMultiRegionTrail: false },
    UpdateTrail: { name, includeGlobalServiceEvents: false, isMultiRegionTrail: false },
    DeleteTrail: { name },
    StartLogging: { name },
    StopLogging: { name },
  });
  return samples(
    matching,
    otherCalls(matching, {
      CreateTrail: ["CreateEventDataStore", "DescribeTrails"],
      UpdateTrail: ["GetTrail"],
      DeleteTrail: ["ListTrails"],
      StartLogging: ["StartQuery", "GetTrailStatus"],
      StopLogging: ["StopImport", "StopEventDataStoreIngestion"],
    }),
  );
}

function signInFailures(): Samples {
  const failed = signIn({ responseElements: { ConsoleLogin: "Failure" }, errorMessage: "Failed authentication" });
  const ofRoot = signIn({
    userIdentity: { ...root, accessKeyId: "" },
    awsRegion: GLOBAL_REGION,
    responseElements: { ConsoleLogin: "Failure" },
    errorMessage: "Failed authentication",
  });
  const withMfa = signIn({
    responseElements: { ConsoleLogin: "Failure" },
    errorMessage: "Failed authentication",
    additionalEventData: { LoginTo: "https://console.aws.amazon.com/", MobileVersion: "No", MFAUsed: "Yes" },
  });
  return samples(
    [failed, ofRoot, withMfa],
    [
      nearMiss(failed, "the sign-in has no error", { errorMessage: undefined }),
      nearMiss(failed, "there is no such user", { errorMessage: "No username found in supplied account" }),
      nearMiss(failed, "the message goes on", { errorMessage: "Failed authentication of the device" }),
      nearMiss(failed, "a second factor failed, not yet the sign-in", { eventName: "CheckMfa" }),
    ],
  );
}

function keyDisabledOrDeleted(): Samples {
  const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
  const resources = [{ accountId: ACCOUNT_ID, type: "AWS::KMS::Key", ARN: trailParts.keyArn }];
  const matching = calls(
    "kms",
    { DisableKey: { keyId }, ScheduleKeyDeletion: { keyId, pendingWindowInDays: 7 } },
    { resources },
  );
  return samples(matching, [
    ...otherCalls(matching, {
      DisableKey: ["EnableKey", "DisableKeyRotation", "DescribeKey"],
      ScheduleKeyDeletion: ["CancelKeyDeletion", "DeleteAlias"],
    }),
    ...ofAnotherService(matching, "payment-cryptography"),
  ]);
}

function bucketPolicyChanges(): Samples {
  const bucketName = "payroll";
  const Host = "payroll.s3.eu-central-1.amazonaws.com";
  const matching = calls(
    "s3",
    {
      PutBucketAcl: { bucketName, Host, acl: "", "x-amz-acl": "public-read" },
      PutBucketPolicy: { bucketName, Host, policy: "", bucketPolicy: { Version: "2012-10-17", Statement: [] } },
      PutBucketCors: { bucketName, Host, cors: "", CORSConfiguration: { CORSRule: { AllowedOrigin: "*" } } },
      PutBucketLifecycle: {
        bucketName,
        Host,
        lifecycle: "",
        LifecycleConfiguration: { Rule: { ID: "all", Status: "Enabled", Expiration: { Days: 1 } } },
      },
      PutBucketReplication: { bucketName, Host, replication: "", ReplicationConfiguration: { Role: role.arn } },
      DeleteBucketPolicy: { bucketName, Host, policy: "" },
      DeleteBucketCors: { bucketName, Host, cors: "" },
      DeleteBucketLifecycle: { bucketName, Host, lifecycle: "" },
      DeleteBucketReplication: { bucketName, Host, replication: "" },
    },
    { resources: [{ accountId: ACCOUNT_ID, type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::payroll" }] },
  );
  return samples(matching, [
    ...otherCalls(matching, {
      PutBucketAcl: ["GetBucketAcl", "PutObjectAcl"],
      PutBucketPolicy: ["GetBucketPolicy", "GetBucketPolicyStatus"],
      PutBucketCors: ["GetBucketCors"],
      PutBucketLifecycle: ["GetBucketLifecycle"],
      PutBucketReplication: ["GetBucketReplication"],
      DeleteBucketPolicy: ["DeleteBucket"],
      DeleteBucketCors: ["DeleteBucketTagging"],
      DeleteBucketLifecycle: ["DeleteBucketWebsite"],
      DeleteBucketReplication: ["DeleteBucketEncryption"],
    }),
    ...ofAnotherService(matching, "s3express"),
  ]);
}

function configChanges(): Samples {
  const matching = calls("config", {
    StopConfigurationRecorder: { configurationRecorderName: "default" },
    DeleteDeliveryChannel: { deliveryChannelName: "default" },
    PutDeliveryChannel: { deliveryChannel: { name: "default", s3BucketName: "elsewhere" } },
    PutConfigurationRecorder: {
      configurationRecorder: { name: "default", recordingGroup: { allSupported: false, resourceTypes: [] } },
    },
  });
  return samples(matching, [
    ...otherCalls(matching, {
      StopConfigurationRecorder: ["StartConfigurationRecorder", "DescribeConfigurationRecorders"],
      DeleteDeliveryChannel: ["DescribeDeliveryChannels"],
      PutDeliveryChannel: ["DeliverConfigSnapshot"],
      PutConfigurationRecorder: ["PutConfigRule"],
    }),
    ...ofAnotherService(matching, "ssm"),
  ]);
}

function securityGroupChanges(modifySecurityGroupRules: boolean): Samples {
  const groupId = "sg-0123456789abcdef0";
  const ipPermissions = {
    items: [{ ipProtocol: "tcp", fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } }],
  };
  const older = calls("ec2", {
    AuthorizeSecurityGroupIngress: { groupId, ipPermissions },
    AuthorizeSecurityGroupEgress: { groupId, ipPermissions },
    RevokeSecurityGroupIngress: { groupId, ipPermissions },
    RevokeSecurityGroupEgress: { groupId, ipPermissions },
    CreateSecurityGroup: { groupName: "open", groupDescription: "open", vpcId: "vpc-0a1b2c3d4e5f67890" },
    DeleteSecurityGroup: { groupId },
  });
  const modified = call("ec2", "ModifySecurityGroupRules", {
    ModifySecurityGroupRulesRequest: {
      GroupId: groupId,
      SecurityGroupRule: { SecurityGroupRuleId: "sgr-0123456789abcdef0", SecurityGroupRule: { CidrIpv4: "0.0.0.0/0" } },
    },
  });
  const matching = modifySecurityGroupRules ? [...older, modified] : older;
  return samples(matching, [
    ...otherCalls(matching, {
      AuthorizeSecurityGroupIngress: ["DescribeSecurityGroupRules", "UpdateSecurityGroupRuleDescriptionsIngress"],
      AuthorizeSecurityGroupEgress: ["UpdateSecurityGroupRuleDescriptionsEgress"],
      RevokeSecurityGroupIngress: ["DescribeStaleSecurityGroups"],
      RevokeSecurityGroupEgress: ["DescribeSecurityGroupReferences"],
      CreateSecurityGroup: ["DescribeSecurityGroups", "AuthorizeDBSecurityGroupIngress"],
      DeleteSecurityGroup: ["DisassociateSecurityGroupVpc"],
    }),
    ...(modifySecurityGroupRules
      ? [nearMiss(modified, "rules are only read", { eventName: "DescribeSecurityGroupRules" })]
      : [
          nearMiss(of(older, "AuthorizeSecurityGroupIngress"), "CIS 1.4 does not know ModifySecurityGroupRules", {
            eventName: "ModifySecurityGroupRules",
          }),
        ]),
  ]);
}

function networkAclChanges(): Samples {
  const networkAclId = "acl-0123456789abcdef0";
  const entry = { networkAclId, ruleNumber: 100, egress: false, ruleAction: "allow", cidrBlock: "0.0.0.0/0" };
  const matching = calls("ec2", {
    CreateNetworkAcl: { vpcId: "vpc-0a1b2c3d4e5f67890" },
    CreateNetworkAclEntry: { ...entry, aclProtocol: "-1" },
    DeleteNetworkAcl: { networkAclId },
    DeleteNetworkAclEntry: { networkAclId, ruleNumber: 100, egress: false },
    ReplaceNetworkAclEntry: { ...entry, aclProtocol: "-1" },
    ReplaceNetworkAclAssociation: { networkAclId, associationId: "aclassoc-0123456789abcdef0" },
  });
  return samples(
    matching,
    otherCalls(matching, {
      CreateNetworkAcl: ["CreateNetworkInterface", "DescribeNetworkAcls"],
      CreateNetworkAclEntry: ["CreateNetworkInterfacePermission"],
      DeleteNetworkAcl: ["DeleteNetworkInterface"],
      DeleteNetworkAclEntry: ["DeleteNetworkInterfacePermission"],
      ReplaceNetworkAclEntry: ["ReplaceRoute"],
      ReplaceNetworkAclAssociation: ["ReplaceRouteTableAssociation"],
    }),
  );
}

function gatewayChanges(): Samples {
  const internetGatewayId = "igw-0123456789abcdef0";
  const vpcId = "vpc-0a1b2c3d4e5f67890";
  const matching = calls("ec2", {
    CreateCustomerGateway: { CreateCustomerGatewayRequest: { Type: "ipsec.1", IpAddress: "198.51.100.7" } },
    DeleteCustomerGateway: { DeleteCustomerGatewayRequest: { CustomerGatewayId: "cgw-0123456789abcdef0" } },
    AttachInternetGateway: { internetGatewayId, vpcId },
    CreateInternetGateway: {},
    DeleteInternetGateway: { internetGatewayId },
    DetachInternetGateway: { internetGatewayId, vpcId },
  });
  return samples(
    matching,
    otherCalls(matching, {
      CreateCustomerGateway: ["CreateNatGateway", "DescribeCustomerGateways"],
      DeleteCustomerGateway: ["DeleteNatGateway"],
      AttachInternetGateway: ["AttachVpnGateway"],
      CreateInternetGateway: ["CreateEgressOnlyInternetGateway", "DescribeInternetGateways"],
      DeleteInternetGateway: ["DeleteEgressOnlyInternetGateway"],
      DetachInternetGateway: ["DetachVpnGateway"],
    }),
  );
}

function routeTableChanges(): Samples {
  const routeTableId = "rtb-0123456789abcdef0";
  const route = { routeTableId, destinationCidrBlock: "0.0.0.0/0" };
  const matching = calls("ec2", {
    CreateRoute: { ...route, gatewayId: "igw-0123456789abcdef0" },
    CreateRouteTable: { vpcId: "vpc-0a1b2c3d4e5f67890" },
    ReplaceRoute: { ...route, networkInterfaceId: "eni-0123456789abcdef0" },
    ReplaceRouteTableAssociation: { routeTableId, associationId: "rtbassoc-0123456789abcdef0" },
    DeleteRouteTable: { routeTableId },
    DeleteRoute: route,
    DisassociateRouteTable: { associationId: "rtbassoc-0123456789abcdef0" },
  });
  return samples(matching, [
    ...otherCalls(matching, {
      CreateRoute: ["CreateLocalGatewayRoute"],
      CreateRouteTable: ["CreateTransitGatewayRouteTable", "DescribeRouteTables"],
      ReplaceRoute: ["ReplaceTransitGatewayRoute"],
      ReplaceRouteTableAssociation: ["ReplaceNetworkAclAssociation"],
      DeleteRouteTable: ["DeleteTransitGatewayRouteTable"],
      DeleteRoute: ["DeleteLocalGatewayRoute"],
      DisassociateRouteTable: ["AssociateRouteTable", "DisassociateTransitGatewayRouteTable"],
    }),
    ...ofAnotherService(matching, "appmesh"),
  ]);
}

function vpcChanges(): Samples {
  const vpcId = "vpc-0a1b2c3d4e5f67890";
  const vpcPeeringConnectionId = "pcx-0123456789abcdef0";
  const matching = calls("ec2", {
    CreateVpc: { cidrBlock: "10.0.0.0/16", instanceTenancy: "default" },
    DeleteVpc: { vpcId },
    ModifyVpcAttribute: { vpcId, enableDnsSupport: { value: false } },
    AcceptVpcPeeringConnection: {
      AcceptVpcPeeringConnectionRequest: { VpcPeeringConnectionId: vpcPeeringConnectionId },
    },
    CreateVpcPeeringConnection: { CreateVpcPeeringConnectionRequest: { VpcId: vpcId, PeerOwnerId: "777788889999" } },
    DeleteVpcPeeringConnection: {
      DeleteVpcPeeringConnectionRequest: { VpcPeeringConnectionId: vpcPeeringConnectionId },
    },
    RejectVpcPeeringConnection: {
      RejectVpcPeeringConnectionRequest: { VpcPeeringConnectionId: vpcPeeringConnectionId },
    },
    AttachClassicLinkVpc: { vpcId, instanceId: "i-0123456789abcdef0" },
    DetachClassicLinkVpc: { vpcId, instanceId: "i-0123456789abcdef0" },
    DisableVpcClassicLink: { vpcId },
    EnableVpcClassicLink: { vpcId },
  });
  return samples(
    matching,
    otherCalls(matching, {
      CreateVpc: ["CreateVpcEndpoint", "CreateDefaultVpc", "DescribeVpcs"],
      DeleteVpc: ["DeleteVpcEndpoints"],
      ModifyVpcAttribute: ["DescribeVpcAttribute", "ModifyVpcTenancy"],
      AcceptVpcPeeringConnection: ["AcceptVpcEndpointConnections"],
      CreateVpcPeeringConnection: ["DescribeVpcPeeringConnections"],
      DeleteVpcPeeringConnection: ["DeleteVpcEndpointConnectionNotifications"],
      RejectVpcPeeringConnection: ["RejectVpcEndpointConnections"],
      AttachClassicLinkVpc: ["DescribeClassicLinkInstances"],
      DetachClassicLinkVpc: ["DescribeVpcClassicLink"],
      DisableVpcClassicLink: ["DisableVpcClassicLinkDnsSupport"],
      EnableVpcClassicLink: ["EnableVpcClassicLinkDnsSupport"],
    }),
  );
}

function organizationChanges(): Samples {
  const handshakeId = "h-0123456789abcdef";
  const policyId = "p-examplepolicy";
  const target = { policyId, targetId: "ou-exam-ple01234" };
  const policyType = { rootId: "r-exam", policyType: "SERVICE_CONTROL_POLICY" };
  const matching = calls(
    "organizations",
    {
      AcceptHandshake: { handshakeId },
      AttachPolicy: target,
      CancelHandshake: { handshakeId },
      CreateAccount: { accountName: "HIDDEN_DUE_TO_SECURITY_REASONS", email: "HIDDEN_DUE_TO_SECURITY_REASONS" },
      CreateOrganization: { featureSet: "ALL" },
      CreateOrganizationalUnit: { parentId: "r-exam", name: "sandbox" },
      CreatePolicy: { name: "guard", type: "SERVICE_CONTROL_POLICY", description: "", content: "{}" },
      DeclineHandshake: { handshakeId },
      DeleteOrganization: null,
      DeleteOrganizationalUnit: { organizationalUnitId: "ou-exam-ple01234" },
      DeletePolicy: { policyId },
      DetachPolicy: target,
      DisablePolicyType: policyType,
      EnableAllFeatures: null,
      EnablePolicyType: policyType,
      InviteAccountToOrganization: { target: { type: "ACCOUNT", id: "777788889999" } },
      LeaveOrganization: null,
      MoveAccount: { accountId: "555566667777", sourceParentId: "r-exam", destinationParentId: "ou-exam-ple01234" },
      RemoveAccountFromOrganization: { accountId: "555566667777" },
      UpdatePolicy: { policyId, content: "{}" },
      UpdateOrganizationalUnit: { organizationalUnitId: "ou-exam-ple01234", name: "sandbox" },
    },
    { awsRegion: GLOBAL_REGION },
  );
  return samples(matching, [
    ...otherCalls(matching, {
      AcceptHandshake: ["DescribeHandshake"],
      AttachPolicy: ["DescribePolicy"],
      CancelHandshake: ["ListHandshakesForOrganization"],
      CreateAccount: ["DescribeCreateAccountStatus", "CreateGovCloudAccount"],
      CreateOrganization: ["DescribeOrganization"],
      CreateOrganizationalUnit: ["DescribeOrganizationalUnit"],
      CreatePolicy: ["PutResourcePolicy"],
      DeclineHandshake: ["ListHandshakesForAccount"],
      DeleteOrganization: ["ListRoots"],
      DeleteOrganizationalUnit: ["ListOrganizationalUnitsForParent"],
      DeletePolicy: ["DeleteResourcePolicy"],
      DetachPolicy: ["ListTargetsForPolicy"],
      DisablePolicyType: ["DisableAWSServiceAccess"],
      EnableAllFeatures: ["DescribeEffectivePolicy"],
      EnablePolicyType: ["EnableAWSServiceAccess"],
      InviteAccountToOrganization: ["ListAccounts"],
      LeaveOrganization: ["ListParents"],
      MoveAccount: ["DescribeAccount"],
      RemoveAccountFromOrganization: ["CloseAccount"],
      UpdatePolicy: ["ListPolicies"],
      UpdateOrganizationalUnit: ["ListChildren"],
    }),
    ...ofAnotherService(matching, "iam"),
  ]);
}

/** The records of the fifteen alarms of CIS. */
export function monitoringSamples(options: {
  readonly singleSignOn: boolean;
  readonly modifySecurityGroupRules: boolean;
}): Readonly<Record<string, Samples>> {
  return {
    unauthorized_calls: unauthorizedCalls(),
    console_sign_in_without_mfa: signInsWithoutMfa(options.singleSignOn),
    root_use: rootUse(),
    iam_policy_changes: iamPolicyChanges(),
    trail_changes: trailChanges(),
    console_sign_in_failures: signInFailures(),
    key_disabled_or_deleted: keyDisabledOrDeleted(),
    bucket_policy_changes: bucketPolicyChanges(),
    config_changes: configChanges(),
    security_group_changes: securityGroupChanges(options.modifySecurityGroupRules),
    network_acl_changes: networkAclChanges(),
    gateway_changes: gatewayChanges(),
    route_table_changes: routeTableChanges(),
    vpc_changes: vpcChanges(),
    organization_changes: organizationChanges(),
  };
}

function tamperTrail(): Samples {
  const { trailName, trailArn, bucketName } = trailParts;
  const named = { name: trailName };
  const advancedEventSelectors = [{ name: "nothing", fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] }];
  const byArn = calls("cloudtrail", {
    DeleteTrail: { name: trailArn },
    PutEventSelectors: { trailName: trailArn, advancedEventSelectors },
    PutInsightSelectors: { trailName: trailArn, insightSelectors: [] },
    StopLogging: { name: trailArn },
    UpdateTrail: { name: trailArn, s3BucketName: "elsewhere" },
  });
  const byName = calls("cloudtrail", {
    DeleteTrail: named,
    PutEventSelectors: { trailName, advancedEventSelectors },
    PutInsightSelectors: { trailName, insightSelectors: [] },
    StopLogging: named,
    UpdateTrail: { ...named, isMultiRegionTrail: false, s3BucketName: bucketName },
  });
  const stopped = of(byArn, "StopLogging");
  const selected = of(byName, "PutEventSelectors");
  return samples(
    [...byArn, ...byName, changed(stopped, { errorCode: "AccessDenied" })],
    [
      ...otherCalls(byArn, {
        DeleteTrail: ["CreateTrail", "GetTrail"],
        PutEventSelectors: ["GetEventSelectors"],
        PutInsightSelectors: ["GetInsightSelectors"],
        StopLogging: ["StartLogging", "GetTrailStatus"],
        UpdateTrail: ["DescribeTrails"],
      }),
      ...ofAnotherService(byArn, "resource-explorer-2"),
      nearMiss(stopped, "a trail of another region has the name", {
        "requestParameters.name": trailArn.replace(REGION, "us-east-1"),
      }),
      nearMiss(stopped, "the name of another trail begins alike", { "requestParameters.name": `${trailArn}-2` }),
      nearMiss(of(byName, "StopLogging"), "the name of another trail begins alike", {
        "requestParameters.name": "audit-2",
      }),
      nearMiss(of(byName, "DeleteTrail"), "the name of another trail ends alike", {
        "requestParameters.name": "an-audit",
      }),
      nearMiss(selected, "the name of another trail begins alike", { "requestParameters.trailName": "audit-2" }),
      nearMiss(of(byArn, "PutInsightSelectors"), "it is a trail of another account", {
        "requestParameters.trailName": trailArn.replace(ACCOUNT_ID, "777788889999"),
      }),
      nearMiss(stopped, "no trail is named", { "requestParameters.name": undefined }),
    ],
  );
}

/** Near misses of calls on the bucket of the log files. */
function onAnotherBucket(record: CloudTrailRecord): readonly NearMiss[] {
  const { bucketName } = trailParts;
  return [
    nearMiss(record, "the name of another bucket begins alike", { "requestParameters.bucketName": `${bucketName}-2` }),
    nearMiss(record, "the name of another bucket ends alike", { "requestParameters.bucketName": `an-${bucketName}` }),
    nearMiss(record, "no bucket is named", { "requestParameters.bucketName": undefined }),
  ];
}

function tamperLogBucket(): Samples {
  const { bucketName } = trailParts;
  const bucket = { bucketName, Host: `${bucketName}.s3.${REGION}.amazonaws.com` };
  const matching = calls(
    "s3",
    {
      DeleteBucket: bucket,
      DeleteBucketEncryption: { ...bucket, encryption: "" },
      DeleteBucketLifecycle: { ...bucket, lifecycle: "" },
      DeleteBucketOwnershipControls: { ...bucket, ownershipControls: "" },
      DeleteBucketPolicy: { ...bucket, policy: "" },
      DeleteBucketPublicAccessBlock: { ...bucket, publicAccessBlock: "" },
      DeleteBucketReplication: { ...bucket, replication: "" },
      PutBucketAcl: { ...bucket, acl: "", "x-amz-acl": "public-read" },
      PutBucketEncryption: { ...bucket, encryption: "", ServerSideEncryptionConfiguration: { Rule: {} } },
      PutBucketLifecycle: {
        ...bucket,
        lifecycle: "",
        LifecycleConfiguration: { Rule: { ID: "all", Status: "Enabled", Expiration: { Days: 1 } } },
      },
      PutBucketLogging: { ...bucket, logging: "", BucketLoggingStatus: {} },
      PutBucketNotification: { ...bucket, notification: "", NotificationConfiguration: {} },
      PutBucketObjectLockConfiguration: { ...bucket, "object-lock": "", ObjectLockConfiguration: {} },
      PutBucketOwnershipControls: { ...bucket, ownershipControls: "", OwnershipControls: {} },
      PutBucketPolicy: { ...bucket, policy: "", bucketPolicy: { Version: "2012-10-17", Statement: [] } },
      PutBucketPublicAccessBlock: {
        ...bucket,
        publicAccessBlock: "",
        PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false },
      },
      PutBucketReplication: { ...bucket, replication: "", ReplicationConfiguration: { Role: role.arn } },
      PutBucketRequestPayment: {
        ...bucket,
        requestPayment: "",
        RequestPaymentConfiguration: { Payer: "Requester" },
      },
      PutBucketVersioning: { ...bucket, versioning: "", VersioningConfiguration: { Status: "Suspended" } },
    },
    { resources: [{ accountId: ACCOUNT_ID, type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucketName}` }] },
  );
  return samples(
    [...matching, changed(of(matching, "DeleteBucket"), { errorCode: "BucketNotEmpty" })],
    [
      ...otherCalls(matching, {
        DeleteBucket: ["CreateBucket"],
        DeleteBucketEncryption: ["GetBucketEncryption"],
        DeleteBucketLifecycle: ["GetBucketLifecycle"],
        DeleteBucketOwnershipControls: ["GetBucketOwnershipControls"],
        DeleteBucketPolicy: ["GetBucketPolicy"],
        DeleteBucketPublicAccessBlock: ["GetBucketPublicAccessBlock"],
        DeleteBucketReplication: ["GetBucketReplication"],
        PutBucketAcl: ["GetBucketAcl"],
        PutBucketEncryption: ["PutBucketTagging"],
        PutBucketLifecycle: ["PutBucketInventoryConfiguration"],
        PutBucketLogging: ["GetBucketLogging"],
        PutBucketNotification: ["GetBucketNotification"],
        PutBucketObjectLockConfiguration: ["GetBucketObjectLockConfiguration"],
        PutBucketOwnershipControls: ["PutBucketMetricsConfiguration"],
        PutBucketPolicy: ["GetBucketPolicyStatus"],
        PutBucketPublicAccessBlock: ["PutAccountPublicAccessBlock"],
        PutBucketReplication: ["GetBucketReplication"],
        PutBucketRequestPayment: ["GetBucketRequestPayment"],
        PutBucketVersioning: ["GetBucketVersioning"],
      }),
      ...ofAnotherService(matching, "s3express"),
      ...onAnotherBucket(of(matching, "PutBucketPolicy")),
    ],
  );
}

function tamperLogFiles(): Samples {
  const { bucketName } = trailParts;
  const bucket = { bucketName, Host: `${bucketName}.s3.${REGION}.amazonaws.com` };
  const key = `AWSLogs/${ACCOUNT_ID}/CloudTrail/${REGION}/2026/11/22/${ACCOUNT_ID}_CloudTrail_${REGION}_20261122T1005Z_AbCdEfGhIjKlMnOp.json.gz`;
  const overrides = {
    managementEvent: false,
    eventCategory: "Data",
    resources: [
      { type: "AWS::S3::Object", ARN: `arn:aws:s3:::${bucketName}/${key}` },
      { accountId: ACCOUNT_ID, type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucketName}` },
    ],
  };
  const matching = calls(
    "s3",
    {
      DeleteObject: { ...bucket, key },
      DeleteObjects: { ...bucket, delete: "", "x-id": "DeleteObjects" },
      PutObjectAcl: { ...bucket, key, acl: "", "x-amz-acl": "public-read" },
      PutObjectLegalHold: { ...bucket, key, "legal-hold": "", LegalHold: { Status: "OFF" } },
      PutObjectRetention: { ...bucket, key, retention: "", "x-amz-bypass-governance-retention": "true" },
      UpdateObjectEncryption: { ...bucket, key, encryption: "" },
    },
    overrides,
  );
  const version = call("s3", "DeleteObject", { ...bucket, key, versionId: "3sL4kqtJlcpXroDTDmJ" }, overrides);
  return samples(
    [...matching, version, changed(version, { errorCode: "AccessDenied" })],
    [
      ...otherCalls(matching, {
        DeleteObject: ["DeleteObjectTagging", "GetObject", "HeadObject"],
        DeleteObjects: ["ListObjects"],
        PutObjectAcl: ["GetObjectAcl", "PutObject"],
        PutObjectLegalHold: ["GetObjectLegalHold"],
        PutObjectRetention: ["GetObjectRetention", "PutObjectTagging"],
        UpdateObjectEncryption: ["GetObjectAttributes"],
      }),
      ...ofAnotherService(matching, "s3-outposts"),
      ...onAnotherBucket(of(matching, "DeleteObject")),
    ],
  );
}

function tamperKey(): Samples {
  const { keyArn } = trailParts;
  const keyId = keyArn.slice(keyArn.indexOf("/") + 1);
  const resource = { accountId: ACCOUNT_ID, type: "AWS::KMS::Key", ARN: keyArn };
  const matching = calls(
    "kms",
    {
      DeleteImportedKeyMaterial: { keyId },
      DisableKey: { keyId },
      DisableKeyRotation: { keyId: keyArn },
      PutKeyPolicy: { keyId, policyName: "default", policy: "{}", bypassPolicyLockoutSafetyCheck: false },
      ScheduleKeyDeletion: { keyId, pendingWindowInDays: 7 },
    },
    { resources: [resource] },
  );
  const another = (ARN: string) => ({ resources: [{ ...resource, ARN }] });
  return samples(matching, [
    ...otherCalls(matching, {
      DeleteImportedKeyMaterial: ["ImportKeyMaterial", "GetParametersForImport"],
      DisableKey: ["EnableKey", "DescribeKey"],
      DisableKeyRotation: ["EnableKeyRotation", "GetKeyRotationStatus"],
      PutKeyPolicy: ["GetKeyPolicy"],
      ScheduleKeyDeletion: ["CancelKeyDeletion", "GenerateDataKey"],
    }),
    ...ofAnotherService(matching, "payment-cryptography"),
    nearMiss(of(matching, "DisableKey"), "it is another key", another(`${keyArn.slice(0, -1)}c`)),
    nearMiss(
      of(matching, "PutKeyPolicy"),
      "it is a key of another account",
      another(keyArn.replace(ACCOUNT_ID, "777788889999")),
    ),
    nearMiss(of(matching, "ScheduleKeyDeletion"), "no key is named", { resources: undefined }),
  ]);
}

function tamperLogGroup(): Samples {
  const { logGroupName, keyArn } = trailParts;
  const group = { logGroupName };
  const matching = calls("logs", {
    DeleteLogGroup: group,
    DeleteLogStream: { ...group, logStreamName: `${ACCOUNT_ID}_CloudTrail_${REGION}` },
    DeleteMetricFilter: { ...group, filterName: "root_use" },
    DeleteRetentionPolicy: group,
    DeleteSubscriptionFilter: { ...group, filterName: "archive" },
    DisassociateKmsKey: group,
    PutMetricFilter: { ...group, filterName: "root_use", filterPattern: "nothing", metricTransformations: [] },
    PutRetentionPolicy: { ...group, retentionInDays: 1 },
    PutSubscriptionFilter: { ...group, filterName: "elsewhere", filterPattern: "", destinationArn: keyArn },
  });
  return samples(matching, [
    ...otherCalls(matching, {
      DeleteLogGroup: ["CreateLogGroup", "DescribeLogGroups"],
      DeleteLogStream: ["CreateLogStream"],
      DeleteMetricFilter: ["DescribeMetricFilters"],
      DeleteRetentionPolicy: ["TagLogGroup"],
      DeleteSubscriptionFilter: ["DescribeSubscriptionFilters"],
      DisassociateKmsKey: ["AssociateKmsKey"],
      PutMetricFilter: ["TestMetricFilter"],
      PutRetentionPolicy: ["UntagLogGroup"],
      PutSubscriptionFilter: ["FilterLogEvents"],
    }),
    ...ofAnotherService(matching, "monitoring"),
    nearMiss(of(matching, "DeleteLogGroup"), "the name of another log group begins alike", {
      "requestParameters.logGroupName": `${logGroupName}-2`,
    }),
    nearMiss(of(matching, "PutMetricFilter"), "the name of another log group ends alike", {
      "requestParameters.logGroupName": `/team${logGroupName}`,
    }),
    nearMiss(of(matching, "PutRetentionPolicy"), "no log group is named", {
      "requestParameters.logGroupName": undefined,
    }),
  ]);
}

function tamperTopic(): Samples {
  const { topicPrefix } = trailParts;
  const topicArn = `${topicPrefix}-critical`;
  const subscriptionArn = `${topicArn}:0b2f5b6e-2222-4333-8444-55667788990a`;
  const matching = calls("sns", {
    AddPermission: { topicArn, label: "everybody", aWSAccountIds: ["777788889999"], actionNames: ["Publish"] },
    DeleteTopic: { topicArn },
    PutDataProtectionPolicy: { resourceArn: topicArn, dataProtectionPolicy: "{}" },
    RemovePermission: { topicArn, label: "alarms" },
    SetSubscriptionAttributes: { subscriptionArn, attributeName: "FilterPolicy", attributeValue: '{"a":["b"]}' },
    SetTopicAttributes: { topicArn, attributeName: "Policy", attributeValue: "{}" },
    Unsubscribe: { subscriptionArn },
  });
  const whole = call("sns", "DeleteTopic", { topicArn: topicPrefix });
  const elsewhere = topicArn.replace(REGION, "us-east-1");
  return samples(
    [...matching, whole],
    [
      ...otherCalls(matching, {
        AddPermission: ["TagResource"],
        DeleteTopic: ["CreateTopic", "DeleteEndpoint"],
        PutDataProtectionPolicy: ["GetDataProtectionPolicy"],
        RemovePermission: ["UntagResource"],
        SetSubscriptionAttributes: ["GetSubscriptionAttributes"],
        SetTopicAttributes: ["GetTopicAttributes", "Subscribe"],
        Unsubscribe: ["ListSubscriptionsByTopic"],
      }),
      ...ofAnotherService(matching, "sqs"),
      nearMiss(whole, "the name of another topic begins otherwise", {
        "requestParameters.topicArn": topicPrefix.replace("audit-alarms", "an-audit-alarms"),
      }),
      nearMiss(of(matching, "SetTopicAttributes"), "it is a topic of another region", {
        "requestParameters.topicArn": elsewhere,
      }),
      nearMiss(of(matching, "Unsubscribe"), "it is a subscription to a topic of another region", {
        "requestParameters.subscriptionArn": `${elsewhere}:0b2f5b6e-2222-4333-8444-55667788990a`,
      }),
      nearMiss(of(matching, "PutDataProtectionPolicy"), "it is a topic of another region", {
        "requestParameters.resourceArn": elsewhere,
      }),
      nearMiss(whole, "no topic is named", { "requestParameters.topicArn": undefined }),
    ],
  );
}

/** The records of the alarms on the trail's own parts, which are `trailParts`. */
export function tamperSamples(): Readonly<Record<string, Samples>> {
  return {
    tamper_trail: tamperTrail(),
    tamper_log_bucket: tamperLogBucket(),
    tamper_log_files: tamperLogFiles(),
    tamper_key: tamperKey(),
    tamper_log_group: tamperLogGroup(),
    tamper_topic: tamperTopic(),
  };
}
