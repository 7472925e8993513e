/** The tests against servers that take many minutes: they are run before a release, and not each time. */
module.exports = ["cis", "deployment-policy", "publish", "try-it"];
