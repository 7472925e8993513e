import {
  CLOUDTRAIL,
  denyInsecureTransport,
  denyLogsByHand,
  EVERYBODY,
  policyDocument,
  policyDocumentWith,
  S3_ACCESS_LOGS,
  type Statement,
} from "../../src/policy";
import { hcl, onlyIf, onlyIfSet, reference, type Value } from "../../src/values";

function statement(sid: string, resource: Value<string>): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: CLOUDTRAIL,
    Action: "s3:PutObject",
    Resource: resource,
    Condition: {},
  };
}

/** The JSON of a statement as Terraform's jsonencode writes it. */
function json(sid: string): string {
  const principal = '"Principal":{"Service":"cloudtrail.amazonaws.com"}';
  return `{"Action":"s3:PutObject","Condition":{},"Effect":"Allow",${principal},"Resource":"arn","Sid":"${sid}"}`;
}

describe("a policy document", () => {
  test("is JSON with its keys in order, as Terraform writes it", () => {
    expect(policyDocument(statement("First", "arn"))).toBe(`{"Statement":[${json("First")}],"Version":"2012-10-17"}`);
  });

  test("keeps its statements in their order", () => {
    expect(policyDocument(statement("B", "arn"), statement("A", "arn"))).toBe(
      `{"Statement":[${json("B")},${json("A")}],"Version":"2012-10-17"}`,
    );
  });

  test("has the conditions of a statement", () => {
    const document = policyDocument({
      Sid: "Deny",
      Effect: "Deny",
      Principal: EVERYBODY,
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: ["b", "a"],
      Condition: { Bool: { "aws:SecureTransport": "false" }, NumericLessThan: { "s3:TlsVersion": "1.2" } },
    });
    expect(document).toBe(
      '{"Statement":[{"Action":["s3:GetObject","s3:PutObject"],' +
        '"Condition":{"Bool":{"aws:SecureTransport":"false"},"NumericLessThan":{"s3:TlsVersion":"1.2"}},' +
        '"Effect":"Deny","Principal":{"AWS":"*"},"Resource":["b","a"],"Sid":"Deny"}],"Version":"2012-10-17"}',
    );
  });

  test("has a statement only on its condition", () => {
    expect(
      policyDocument(
        onlyIf(true, statement("There", "arn")),
        onlyIf(false, statement("NotThere", "arn")),
        onlyIfSet("x", () => statement("Set", "arn")),
        onlyIfSet(null, () => statement("NotSet", "arn")),
      ),
    ).toBe(`{"Statement":[${json("There")},${json("Set")}],"Version":"2012-10-17"}`);
  });

  test("is encoded by Terraform where a part is not known", () => {
    expect(hcl(policyDocument(statement("First", reference("local.bucket_arn"))))).toBe(
      `jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Sid       = "First"
    Effect    = "Allow"
    Principal = { Service = "cloudtrail.amazonaws.com" }
    Action    = "s3:PutObject"
    Resource  = local.bucket_arn
    Condition = {}
  }]
})`,
    );
  });

  test("has a statement on a condition that only Terraform knows", () => {
    const document = policyDocument(
      statement("First", "arn"),
      onlyIf(reference("var.second"), statement("Second", "arn")),
    );
    expect(hcl(document)).toBe(
      `jsonencode({
  Version = "2012-10-17"
  Statement = concat(
    [{
      Sid       = "First"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn"
      Condition = {}
    }],
    var.second ? [{
      Sid       = "Second"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn"
      Condition = {}
    }] : []
  )
})`,
    );
  });
});

describe("a policy document with the statements of another", () => {
  const document = (additional: string | null) => policyDocumentWith(additional, [statement("First", "arn")]);

  test("has them after its own", () => {
    expect(document(`{"Statement":[${json("B")},${json("A")}]}`)).toBe(
      `{"Statement":[${json("First")},${json("B")},${json("A")}],"Version":"2012-10-17"}`,
    );
  });

  test("takes one that is in no list", () => {
    expect(document(`{"Statement":${json("Second")}}`)).toBe(
      `{"Statement":[${json("First")},${json("Second")}],"Version":"2012-10-17"}`,
    );
  });

  test("is the document alone where there is none, or it has no statements", () => {
    expect(document(null)).toBe(policyDocument(statement("First", "arn")));
    expect(document('{"Version":"2008-10-17","Id":"x","Statement":[]}')).toBe(document(null));
  });

  test("has statements on a condition, too", () => {
    const optional = [onlyIf(false, statement("First", "arn")), onlyIf(true, statement("Second", "arn"))];
    expect(policyDocumentWith(`{"Statement":${json("Third")}}`, optional)).toBe(
      `{"Statement":[${json("Second")},${json("Third")}],"Version":"2012-10-17"}`,
    );
  });

  test("is composed by Terraform where the other is not known, and may be null", () => {
    const source = hcl(policyDocumentWith(reference<string | null>("var.more"), [statement("First", "arn")]));
    expect(source).toContain("try(flatten([jsondecode(var.more).Statement]), [])");
    expect(source).toMatch(/^jsonencode\(\{/);
  });
});

describe("the statements of every bucket with evidence", () => {
  test("deny what is put by hand, also to callers of whom nothing is known", () => {
    expect(denyLogsByHand("arn:aws:s3:::logs/AWSLogs/*")).toEqual({
      Sid: "DenyLogsByHand",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: ["s3:PutObject", "s3:ReplicateObject"],
      Resource: "arn:aws:s3:::logs/AWSLogs/*",
      Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
    });
  });

  test("deny what comes without TLS 1.2, on the bucket and in it", () => {
    const denied = {
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
    };
    expect(denyInsecureTransport("arn:aws:s3:::logs")).toEqual([
      { Sid: "DenyInsecureTransport", ...denied, Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Sid: "DenyTlsBelow12", ...denied, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ]);
  });
});

describe("principals", () => {
  test("are the services that deliver, and everybody", () => {
    expect(S3_ACCESS_LOGS).toEqual({ Service: "logging.s3.amazonaws.com" });
    expect(CLOUDTRAIL).toEqual({ Service: "cloudtrail.amazonaws.com" });
    expect(EVERYBODY).toEqual({ AWS: "*" });
  });
});
