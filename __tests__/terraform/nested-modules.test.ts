import { moduleFiles } from "../../src/authoring";
import { watchedTrailModule } from "../fixtures/own-component/watched-trail";
import { Workspace } from "./support/workspace";

test("a module within a module within a module is found, well formed and valid, and refuses what it must", async () => {
  const workspace = new Workspace();
  try {
    workspace.write(moduleFiles(watchedTrailModule));
    await workspace.succeed("fmt", "-check", "-recursive");
    await workspace.init();
    await workspace.validate();
    expect(await workspace.succeed("test", "-no-color")).toContain("Success! 3 passed, 0 failed.");
  } finally {
    workspace.remove();
  }
});
