"""An emulator of AWS for the end-to-end tests: moto's server, repaired where it differs from AWS.

    python emulator.py [--port PORT] [--plain] [--attached]

Each repair says what moto does and what AWS does; e2e/emulator.test.ts shows for each that it is still needed.
moto's CloudTrail delivers no logs, and policies are hardly enforced: what passes here may still be refused by AWS.
"""

import argparse
import json
import os
import re
import sys
import threading

from moto.cloudtrail.models import CloudTrailBackend, Trail
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import BaseResponse
from moto.events.models import EventTemplateParser, Rule
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.kms.responses import KmsResponse
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response
from moto.sns.models import sns_backends
from werkzeug.serving import make_server

ACCOUNT_ID = "111122223333"


def missing_operation_answers_501():
    """A missing operation ends a run at once.

    moto: answers 500, which the provider takes for a passing fault and retries for ten minutes.
    AWS: has every operation. 501 is what no client retries.
    """
    call_action = BaseResponse.call_action

    def repaired(self):
        try:
            return call_action(self)
        except NotImplementedError as error:
            body = json.dumps({"__type": "NotImplemented", "message": str(error)})
            return 501, {"x-amzn-errortype": "NotImplemented", "content-type": "application/x-amz-json-1.1"}, body

    BaseResponse.call_action = repaired


def describe_trails_obeys_names():
    """DescribeTrails returns the trails that are asked for.

    moto: ignores trailNameList and returns every trail; the provider takes more than one for none.
    AWS: returns the trails whose name or ARN is listed, and every trail where nothing is listed.
    """
    describe_trails = CloudTrailResponse.describe_trails

    def repaired(self):
        answer = json.loads(describe_trails(self))
        wanted = self._get_param("trailNameList")
        if wanted:
            answer["trailList"] = [
                trail for trail in answer["trailList"] if trail["Name"] in wanted or trail["TrailARN"] in wanted
            ]
        return json.dumps(answer)

    CloudTrailResponse.describe_trails = repaired


def trail_tells_of_selectors():
    """A trail tells whether it has selectors of its own.

    moto: HasCustomEventSelectors and HasInsightSelectors are always false. The provider then never reads the
    selectors back, and a change of them goes unseen.
    AWS: true where selectors were put.
    """
    description = Trail.description

    def repaired(self, include_region=False):
        return {
            **description(self, include_region),
            "HasCustomEventSelectors": bool(self.event_selectors or self.advanced_event_selectors),
            "HasInsightSelectors": bool(self.insight_selectors),
        }

    Trail.description = repaired


def put_insight_selectors_replaces():
    """PutInsightSelectors replaces the selectors of a trail.

    moto: adds the new ones to the old ones, so that Insights cannot be turned off.
    AWS: the new ones take the place of the old ones; an empty list turns Insights off.
    """

    def repaired(self, insight_selectors):
        self.insight_selectors = list(insight_selectors)

    Trail.put_insight_selectors = repaired


def delete_trail_takes_arn():
    """DeleteTrail takes the ARN of a trail, as the provider sends it.

    moto: knows names alone. For an ARN it answers that all went well, and keeps the trail.
    AWS: takes either, and answers TrailNotFoundException where there is no such trail.
    """

    def repaired(self, name):
        del self.trails[self.get_trail(name).trail_name]

    CloudTrailBackend.delete_trail = repaired


def bucket_policy_without_conditional_statements():
    """A statement of a bucket policy that has a condition refuses nothing.

    moto: looks at no condition. A policy that refuses what comes without TLS refuses every object to everybody.
    AWS: a statement holds for the requests that meet its condition. None does here, as if each came over TLS from
    the service that it is for; what the conditions decide is not for the emulator to show.
    """

    def repaired(self, action, resource):
        if self.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(self.policy)
        policy["Statement"] = [statement for statement in policy["Statement"] if "Condition" not in statement]
        return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)

    FakeBucket.get_permission = repaired


def key_rotation_has_a_period():
    """A key that is rotated tells after how many days.

    moto: forgets RotationPeriodInDays, and the provider sets it anew on every apply.
    AWS: tells it where the rotation is on; 365 where none was given.
    """
    enable_key_rotation = KmsResponse.enable_key_rotation
    get_key_rotation_status = KmsResponse.get_key_rotation_status

    def key(self):
        return self.kms_backend.keys[self.kms_backend.get_key_id(self._get_param("KeyId"))]

    def repaired_enable(self):
        answer = enable_key_rotation(self)
        key(self).rotation_period_in_days = self._get_param("RotationPeriodInDays") or 365
        return answer

    def repaired_get(self):
        answer = json.loads(get_key_rotation_status(self))
        if answer["KeyRotationEnabled"]:
            answer["RotationPeriodInDays"] = key(self).rotation_period_in_days
        return json.dumps(answer)

    KmsResponse.enable_key_rotation = repaired_enable
    KmsResponse.get_key_rotation_status = repaired_get


def lifecycle_keeps_minimum_object_size():
    """A lifecycle configuration tells from which size on objects are moved to another storage class.

    moto: answers all_storage_classes_128K, whatever was put; the provider waits three minutes for what it put.
    AWS: answers what was put; all_storage_classes_128K where nothing was said of it.
    """
    header = "x-amz-transition-default-minimum-object-size"
    bucket_response_put = S3Response._bucket_response_put
    get_bucket_lifecycle = S3Response.get_bucket_lifecycle

    def repaired_put(self, request, bucket_name, querystring):
        answer = bucket_response_put(self, request, bucket_name, querystring)
        if "lifecycle" in querystring:
            chosen = request.headers.get(header, "all_storage_classes_128K")
            self.backend.get_bucket(bucket_name).minimum_object_size = chosen
        return answer

    def repaired_get(self):
        status, headers, body = get_bucket_lifecycle(self)
        return status, {**headers, header: self.backend.get_bucket(self.bucket_name).minimum_object_size}, body

    S3Response._bucket_response_put = repaired_put
    S3Response.get_bucket_lifecycle = repaired_get


def rules_deliver_to_topics():
    """A rule of EventBridge delivers what it matches to a topic.

    moto: knows other targets alone, and fails PutEvents with NotImplemented where the target is a topic.
    AWS: publishes to the topic what the input transformer of the target makes of the event.
    """
    send_to_targets = Rule.send_to_targets

    def repaired(self, original_event, transform_input=True):
        targets = self.targets
        topics = [target for target in targets if ":sns:" in target["Arn"]]
        if self.event_pattern.matches_event(original_event):
            for target in topics:
                transformer = target.get("InputTransformer", {})
                message = EventTemplateParser.parse(
                    input_template=transformer.get("InputTemplate"),
                    input_paths_map=transformer.get("InputPathsMap", {}),
                    event=original_event,
                )
                # A text keeps the quotes that it has in the template.
                text = json.dumps(message, ensure_ascii=False)
                sns_backends[self.account_id][self.region_name].publish(arn=target["Arn"], message=text)
        self.targets = [target for target in targets if target not in topics]
        try:
            return send_to_targets(self, original_event, transform_input)
        finally:
            self.targets = targets

    Rule.send_to_targets = repaired


def notifications_tell_of_eventbridge():
    """A bucket tells whether it sends its events to EventBridge.

    moto: keeps it, and does not tell; the provider turns it on anew on every apply.
    AWS: tells it.
    """
    get_bucket_notification = S3Response.get_bucket_notification

    def repaired(self):
        status, headers, body = get_bucket_notification(self)
        configuration = self.backend.get_bucket_notification_configuration(self.bucket_name)
        if configuration is None or configuration.event_bridge is None:
            return status, headers, body
        text = body if isinstance(body, str) else body.decode()
        opened = re.sub(r"(<NotificationConfiguration[^>]*?)/>", r"\1></NotificationConfiguration>", text)
        end = "</NotificationConfiguration>"
        return status, headers, opened.replace(end, f"<EventBridgeConfiguration/>{end}")

    S3Response.get_bucket_notification = repaired


REPAIRS = (
    missing_operation_answers_501,
    describe_trails_obeys_names,
    trail_tells_of_selectors,
    put_insight_selectors_replaces,
    delete_trail_takes_arn,
    bucket_policy_without_conditional_statements,
    key_rotation_has_a_period,
    lifecycle_keeps_minimum_object_size,
    rules_deliver_to_topics,
    notifications_tell_of_eventbridge,
)


def end_with_standard_input():
    """Ends the emulator when whoever started it is gone, however that ended."""

    def wait():
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def main():
    parser = argparse.ArgumentParser(description="An emulator of AWS on the loopback interface.")
    parser.add_argument("--port", type=int, default=0, help="the port to listen on; any free one by default")
    parser.add_argument("--account", default=ACCOUNT_ID, help="the account of every credential; by default %(default)s")
    parser.add_argument("--plain", action="store_true", help="moto as published, without the repairs")
    parser.add_argument("--attached", action="store_true", help="end when the standard input ends")
    arguments = parser.parse_args()

    repairs = () if arguments.plain else REPAIRS
    for repair in repairs:
        repair()
    # moto would say 123456789012 otherwise.
    os.environ["MOTO_ACCOUNT_ID"] = arguments.account
    if arguments.attached:
        end_with_standard_input()
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", arguments.port, application, threaded=True, request_handler=MotoRequestHandler)
    # The callers read this line; the port takes connections already.
    description = {
        "url": f"http://127.0.0.1:{server.port}",
        "account": arguments.account,
        "repairs": [repair.__name__ for repair in repairs],
    }
    print(json.dumps(description), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
