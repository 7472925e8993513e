import { hasSecret } from "../../src/publish";

test.each([
  "https://x-access-token:t0ken@git.acme.test/module.git",
  "https://t0ken@git.acme.test/module.git",
  "HTTPS://t0ken@git.acme.test/module.git",
  "http://:t0ken@git.acme.test:8080/module.git",
  "git::https://t0ken@git.acme.test/module.git",
  "ssh://git:t0ken@git.acme.test/module.git",
])("the address %s has a secret in it", (address) => {
  expect(hasSecret(address)).toBe(true);
});

test.each([
  "https://git.acme.test/module.git",
  "https://git.acme.test:8443/a@b/module.git",
  "ssh://git@git.acme.test/module.git",
  "ssh://git@git.acme.test:2222/module.git",
  "git@git.acme.test:acme/module.git",
  "git@git.acme.test:acme/a@b.git",
  "file:///srv/git/module.git",
  "/srv/git/a@b:c.git",
])("the address %s has none", (address) => {
  expect(hasSecret(address)).toBe(false);
});
