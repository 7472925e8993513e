/** A lifecycle rule about all that is in a bucket. */
export function lifecycleRule<Actions extends object>(id: string, actions: Actions) {
  return { id, status: "Enabled", filter: [{}], ...actions };
}

/** Days after which the parts of an upload that was never completed are deleted. */
const INCOMPLETE_UPLOAD_DAYS = 7;

/** Deletes the parts of uploads that were never completed. */
export const ABORT_INCOMPLETE_UPLOADS = lifecycleRule("abort-incomplete-uploads", {
  abortIncompleteMultipartUpload: [{ daysAfterInitiation: INCOMPLETE_UPLOAD_DAYS }],
});

/** Deletes what stays of an object once all its versions have expired. */
export const REMOVE_DELETE_MARKERS = lifecycleRule("remove-delete-markers", {
  expiration: [{ expiredObjectDeleteMarker: true }],
});
