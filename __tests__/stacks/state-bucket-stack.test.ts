import { type StateBucketStackProps, stateBucketStackJson } from "../../src/stacks";

const props: StateBucketStackProps = {
  inputs: { name: "states", accountId: "111122223333", region: "eu-central-1", deployers: { prod: {} } },
  state: { backend: "s3", settings: { bucket: "states", key: "k", region: "eu-central-1", use_lockfile: true } },
  provider: { profile: null, role_arn: null },
};

function stackWith(changed: Partial<StateBucketStackProps> = {}) {
  return JSON.parse(stateBucketStackJson({ ...props, ...changed }));
}

describe("the stack of the state bucket", () => {
  test("keeps its state where that is said, with a Terraform that can", () => {
    const { terraform } = stackWith();
    expect(terraform.backend).toEqual({ s3: props.state.settings });
    expect(terraform.required_version).toBe(">= 1.10.0");
    expect(terraform.required_providers.aws.version).toBe(">= 5.100.0, < 7.0.0");
    const inFile = stackWith({ state: { backend: "local", settings: { path: "terraform.tfstate" } } });
    expect(inFile.terraform.backend).toEqual({ local: { path: "terraform.tfstate" } });
    expect(inFile.terraform.required_version).toBe(">= 1.9.0");
  });

  test("refuses credentials of another account, and to destroy the bucket", () => {
    const { provider, resource, data } = stackWith();
    expect(provider.aws).toEqual([{ region: "eu-central-1", allowed_account_ids: ["111122223333"] }]);
    expect(resource.aws_s3_bucket.state_bucket.lifecycle).toEqual({ prevent_destroy: true });
    expect(data).toBeUndefined();
  });

  test("has the credentials of the state", () => {
    const role = "arn:aws:iam::111122223333:role/states";
    const [aws] = stackWith({ provider: { profile: "ops", role_arn: role } }).provider.aws;
    expect(aws).toMatchObject({ profile: "ops", assume_role: [{ role_arn: role }] });
  });

  test("has the outputs that there are, the policies of the deployers among them", () => {
    const { output } = stackWith();
    expect(Object.keys(output)).toEqual(["bucket", "arn", "policy", "deployer_policies"]);
    expect(Object.keys(output.deployer_policies.value)).toEqual(["prod"]);
    const { Statement } = JSON.parse(output.deployer_policies.value.prod);
    expect(Statement).toHaveLength(3);
  });

  test("is the same to the byte in every run", () => {
    expect(stateBucketStackJson(props)).toBe(stateBucketStackJson(props));
  });
});
