# Every rule of the ruleset that comes with tflint: see scanners/.
plugin "terraform" {
  enabled = true
  preset  = "all"
}
