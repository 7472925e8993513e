import { problemsOf, read, withMore } from "./support/configurations";

/** Two trails of one account, in different regions, with roles that deploy them. */
function twoTrails(first: string, second: string): string {
  const trail = (name: string, region: string, role: string) =>
    `  ${name}: { account_id: "111122223333", account_name: ${name}, multi_region: false, region: ${region}, owner: Me, deployment_role: ${role} }\n`;
  return `state:\n  s3: { bucket: states, region: eu-central-1 }\ntrails:\n${trail("a", "eu-central-1", first)}${trail("b", "eu-west-1", second)}`;
}

const GITHUB = "github_actions: { repository: acme/infrastructure }";

test("the roles that deploy a trail have their defaults, and are none by default", () => {
  expect(read(withMore(`deployment_role: { ${GITHUB} }`)).trails[0]?.deploymentRole).toMatchObject({
    name: "audit-trail",
    hcp_terraform: null,
    github_actions: { repository: "acme/infrastructure", environment: "production", create_provider: true },
    max_session_duration: 3600,
  });
  expect(read(withMore("profile: null")).trails[0]?.deploymentRole).toBeNull();
});

test("roles that nobody could assume are told, at their place", () => {
  expect(problemsOf(withMore("deployment_role: { name: deployer }"))).toEqual([
    expect.stringMatching(
      /^file\.yaml:9:\d+: trails\.main\.deployment_role\.hcp_terraform: must be given, or github_actions or gitlab must/,
    ),
  ]);
});

test("a run has the credentials of its role, and no others", () => {
  const others = "profile: audit, role_arn: arn:aws:iam::111122223333:role/Deployer";
  const problems = problemsOf(withMore(`deployment_role: { ${GITHUB} }\n    ${others.replace(", ", "\n    ")}`));
  expect(problems).toEqual([
    expect.stringContaining("trails.main.profile: must be null where deployment_role is given"),
    expect.stringContaining("trails.main.role_arn: must be null where deployment_role is given"),
  ]);
});

test("roles of two trails in one account have different names, and one of them makes the provider", () => {
  const second = "github_actions: { repository: acme/infrastructure, create_provider: false }";
  expect(problemsOf(twoTrails(`{ ${GITHUB} }`, `{ name: other, ${second} }`))).toEqual([]);
  expect(problemsOf(twoTrails(`{ ${GITHUB} }`, `{ ${GITHUB} }`))).toEqual([
    expect.stringContaining("trails.b.deployment_role.name: must be another one than that of a, which is in the same"),
    expect.stringContaining(
      "trails.b.deployment_role.github_actions.create_provider: must be false, as a creates the OIDC provider of GitHub Actions",
    ),
  ]);
});

test("providers of different hosts do not get into each other's way", () => {
  const gitlab = (host: string) => `gitlab: { project_path: acme/infrastructure, hostname: ${host} }`;
  expect(
    problemsOf(twoTrails(`{ ${gitlab("git.acme.example")} }`, `{ name: other, ${gitlab("gitlab.com")} }`)),
  ).toEqual([]);
});
