import { alarmControls } from "./alarms";
import { bucketControls } from "./buckets";
import type { Control } from "./control";
import { elsewhereControls } from "./elsewhere";
import { keyControls } from "./keys";
import { trailControls } from "./trail";

export type { Control, Proof } from "./control";

/** Everything that the frameworks want of an audit trail, or of what is around it. */
export const controls: readonly Control[] = [
  ...trailControls,
  ...keyControls,
  ...bucketControls,
  ...alarmControls,
  ...elsewhereControls,
];
