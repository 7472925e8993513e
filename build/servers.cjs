#!/usr/bin/env node
// Starts the servers of the tests, for somebody who tries things by hand: npm run servers
const { join } = require("node:path");

const root = join(__dirname, "..");
const outfile = join(root, ".build", "servers.cjs");
process.chdir(root);
require("esbuild").buildSync({
  entryPoints: [join(root, "e2e", "servers", "start.ts")],
  outfile,
  bundle: true,
  platform: "node",
  logLevel: "error",
  // They look for what is beside their sources.
  define: { __dirname: JSON.stringify(join(root, "e2e", "servers")) },
});
require(outfile);
