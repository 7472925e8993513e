import { CLOUDTRAIL, EVERYBODY, policyDocument, type Statement } from "../../src/policy";
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

describe("principals", () => {
  test("are the service that delivers, and everybody", () => {
    expect(CLOUDTRAIL).toEqual({ Service: "cloudtrail.amazonaws.com" });
    expect(EVERYBODY).toEqual({ AWS: "*" });
  });
});
