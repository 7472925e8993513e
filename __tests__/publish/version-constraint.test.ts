import { isAsWide } from "../../src/publish/comparison/version-constraint";

test.each<[string | null, string | null, boolean | undefined]>([
  [">= 1.9.0", ">= 1.9.0", true],
  [">= 1.9", ">= 1.9.0", true],
  [">= 1.9.0", ">= 1.10.0", true],
  [">= 1.10.0", ">= 1.9.0", false],
  [">= 5.100.0, < 7.0.0", ">= 5.100.0, < 6.0.0", true],
  [">= 5.100.0, < 6.0.0", ">= 5.100.0, < 7.0.0", false],
  ["~> 5.1", ">= 5.1.0, < 6.0.0", true],
  [">= 5.1.0, < 6.0.0", "~> 5.1", true],
  ["~> 5.1.2", "~> 5.1", false],
  ["> 5.1.0", ">= 5.1.1", true],
  ["<= 5.1.0", "< 5.1.1", true],
  ["5.1.0", "= 5.1.0", true],
  [">= 5.0.0, != 5.4.0", ">= 5.0.0", false],
  [">= 5.0.0, != 4.4.0", ">= 5.0.0", true],
  [">= 5.0.0, != 5.4.0", ">= 5.0.0, != 5.4.0", true],
  [null, ">= 1.0.0", true],
  [">= 1.0.0", null, false],
  [">= 1.0.0-beta", ">= 1.0.0", undefined],
])("%j takes every version that %j takes: %p", (later, earlier, expected) => {
  expect(isAsWide(later, earlier)).toBe(expected);
});
