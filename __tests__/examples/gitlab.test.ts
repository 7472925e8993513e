import { pipelines } from "./support/pipelines";

const named = pipelines.map((example) => [example.name, example] as const);

const ON_MERGE_REQUESTS = { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' };
const ON_DEFAULT_BRANCH = { if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" };

test("there is a pipeline for what is synthesized, and one for plain Terraform", () => {
  expect(named.map(([name]) => name)).toEqual(["gitlab/synthesized.gitlab-ci.yml", "gitlab/terraform.gitlab-ci.yml"]);
});

describe.each(named)("the pipeline %s", (_, { text, content }) => {
  const { plan, apply, ".terraform": terraform, synthesize } = content;

  test("has its jobs in stages that there are", () => {
    const stages = content.stages as unknown as readonly string[];
    for (const job of [plan, apply, ...(synthesize === undefined ? [] : [synthesize])]) {
      expect(stages).toContain(job?.stage);
    }
    expect(stages.slice(-2)).toEqual(["plan", "apply"]);
  });

  test("plans merge requests and the default branch, and applies that alone, when somebody starts it", () => {
    expect(plan?.rules).toEqual([ON_MERGE_REQUESTS, ON_DEFAULT_BRANCH]);
    expect(apply?.rules).toEqual([{ ...ON_DEFAULT_BRANCH, when: "manual" }]);
  });

  test("gets the role of its phase by a token, and has no key", () => {
    expect(terraform?.id_tokens).toEqual({ AWS_TOKEN: { aud: "$CI_SERVER_URL" } });
    expect(plan).toMatchObject({ extends: ".terraform", variables: { AWS_ROLE_ARN: "$AWS_PLAN_ROLE_ARN" } });
    expect(apply).toMatchObject({ extends: ".terraform", variables: { AWS_ROLE_ARN: "$AWS_APPLY_ROLE_ARN" } });
    expect(text).not.toMatch(/AWS_ACCESS_KEY|AWS_SECRET/);
  });

  test("keeps the token out of what it keeps, and from everybody else on the machine", () => {
    expect(terraform?.variables).toMatchObject({ AWS_WEB_IDENTITY_TOKEN_FILE: "/tmp/aws-token" });
    expect(terraform?.before_script?.[0]).toMatch(/^\(umask 077 && printf '%s' "\$AWS_TOKEN" > /);
    expect(terraform).not.toHaveProperty("artifacts");
    expect(apply).not.toHaveProperty("artifacts");
  });

  test("runs what others wrote in a job without a token", () => {
    expect(
      Object.values(content)
        .flatMap(({ script = [] }) => script)
        .join(),
    ).not.toMatch(/npm.*terraform.*npm/);
    expect(synthesize?.id_tokens).toBeUndefined();
    expect(
      [...(plan?.script ?? []), ...(apply?.script ?? [])].filter((line) => !line.startsWith("terraform ")),
    ).toEqual([]);
  });

  test("applies exactly what it has planned, one run after the other, in an environment", () => {
    expect(apply?.script).toEqual([
      'terraform -chdir="$FOLDER" plan -lock-timeout=5m -out=/tmp/plan',
      'terraform -chdir="$FOLDER" apply -lock-timeout=5m /tmp/plan',
    ]);
    expect(apply).toMatchObject({ resource_group: "audit-trail", environment: "production" });
  });

  test("names images by a version", () => {
    const images = [terraform?.image, synthesize?.image].filter((image) => image !== undefined);
    for (const image of images as (string | { readonly name: string })[]) {
      expect(typeof image === "string" ? image : image.name).toMatch(/:\d+\.\d+/);
    }
  });
});
