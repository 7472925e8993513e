import { Testing } from "cdktf";
import fc from "fast-check";

Testing.setupJest();

// The same random values in every run, unless others are asked for: a run that fails can be repeated.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261122) });
