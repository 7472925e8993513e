import { spawnSync } from "node:child_process";
import { scripts, workflows } from "./support/pipelines";

const named = workflows.map((example) => [example.name, example] as const);

test("there is a workflow for what is synthesized, and one for plain Terraform", () => {
  expect(named.map(([name]) => name)).toEqual(["github-actions/synthesized.yml", "github-actions/terraform.yml"]);
});

describe.each(named)("the workflow %s", (_, { text, content: { on, permissions, jobs } }) => {
  const { plan, apply } = jobs;

  test("plans pull requests of the repository itself, and applies main", () => {
    expect(on).toEqual({ pull_request: null, push: { branches: ["main"] } });
    expect(Object.keys(jobs)).toEqual(["plan", "apply"]);
    expect(plan?.if).toBe(
      "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository",
    );
    expect(apply?.if).toBe("github.event_name == 'push'");
  });

  test("has no permission but to read the code and to get a token", () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      expect(job.permissions).toEqual({ contents: "read", "id-token": "write" });
    }
  });

  test("applies in the environment that the role is for, and plans in none, as the subject of its token wants it", () => {
    expect(apply?.environment).toBe("production");
    expect(plan?.environment).toBeUndefined();
  });

  test("gets the role of its phase by a token, and has no key", () => {
    const roleOf = (name: string): unknown =>
      jobs[name]?.steps.find(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"))?.with?.[
        "role-to-assume"
      ];
    expect(roleOf("plan")).toBe("${{ vars.AWS_PLAN_ROLE_ARN }}");
    expect(roleOf("apply")).toBe("${{ vars.AWS_APPLY_ROLE_ARN }}");
    expect(text).not.toMatch(/secrets\.|access-key|AWS_ACCESS_KEY|AWS_SECRET/i);
  });

  test("runs what others wrote before it has credentials", () => {
    for (const { steps } of Object.values(jobs)) {
      const at = (isIt: (step: (typeof steps)[number]) => boolean): number => steps.findIndex(isIt);
      const credentials = at(({ uses }) => uses?.startsWith("aws-actions/") === true);
      expect(at(({ run }) => run?.includes("npm ci") === true)).toBeLessThan(credentials);
      expect(steps.slice(credentials + 1).every(({ run }) => run?.includes("terraform") === true)).toBe(true);
    }
  });

  test("has every action pinned by commit, with its version beside it", () => {
    const used = text.match(/uses: .*/g) ?? [];
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((each) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(each))).toEqual([]);
  });

  test("keeps no token of GitHub in the folder in which it runs what others wrote", () => {
    for (const { steps } of Object.values(jobs)) {
      expect(steps[0]?.with).toEqual({ "persist-credentials": false });
    }
  });

  test("applies exactly what it has planned, one run after the other", () => {
    const [script = ""] = apply?.steps.flatMap(({ run }) => (run?.includes("apply") === true ? [run] : [])) ?? [];
    expect(script).toMatch(/ plan .*-out="\$RUNNER_TEMP\/plan"\n.* apply .*"\$RUNNER_TEMP\/plan"\n$/);
    expect(script).not.toContain("auto-approve");
    for (const job of Object.values(jobs)) {
      expect(job.concurrency).toMatchObject({ "cancel-in-progress": false });
    }
    expect(apply?.concurrency?.group).toBe("${{ github.workflow }}-apply");
  });
});

test.each(scripts)("what a shell runs is well formed: %s", (_, script) => {
  expect(spawnSync("bash", ["-n"], { input: script, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
});
