/** The condition that a document which is JSON has these statements, in their order. */
export function statementsAre(document: string, ...sids: readonly string[]): string {
  const lines = sids.map((sid) => `        ${JSON.stringify(sid)},`);
  return ["(", `      jsondecode(${document}).Statement[*].Sid == [`, ...lines, "      ]", "    )"].join("\n");
}
