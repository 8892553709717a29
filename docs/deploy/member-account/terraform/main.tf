# The role that Redthread becomes in this account. It reads; it changes nothing.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.bot_role_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }

    condition {
      test     = "StringLike"
      variable = "sts:RoleSessionName"
      values   = ["redthread-*"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid    = "ReadEventHistoryAlarmsAndMetrics"
    effect = "Allow"
    actions = [
      "cloudtrail:LookupEvents",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:DescribeAlarmHistory",
      "cloudwatch:DescribeAlarmContributors",
      "cloudwatch:ListTagsForResource",
      "cloudwatch:GetMetricData",
      "cloudwatch:GetMetricWidgetImage",
    ]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = length(var.log_group_arns) == 0 ? [] : [var.log_group_arns]
    content {
      sid       = "SearchTheTrailsLogGroup"
      effect    = "Allow"
      actions   = ["logs:StartQuery"]
      resources = [for arn in statement.value : "${arn}:*"]
    }
  }

  dynamic "statement" {
    for_each = length(var.log_group_arns) == 0 ? [] : [1]
    content {
      sid       = "ReadWhatOwnQueriesFound"
      effect    = "Allow"
      actions   = ["logs:GetQueryResults", "logs:StopQuery"]
      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = length(var.event_data_store_arns) == 0 ? [] : [var.event_data_store_arns]
    content {
      sid    = "SearchTheEventDataStore"
      effect = "Allow"
      actions = [
        "cloudtrail:StartQuery",
        "cloudtrail:DescribeQuery",
        "cloudtrail:GetQueryResults",
        "cloudtrail:CancelQuery",
      ]
      resources = statement.value
    }
  }

  dynamic "statement" {
    for_each = length(var.queue_arns) == 0 ? [] : [var.queue_arns]
    content {
      sid    = "TakeAlarms"
      effect = "Allow"
      actions = [
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
      ]
      resources = statement.value
    }
  }
}

resource "aws_iam_role" "redthread" {
  name                 = var.role_name
  description          = "Redthread reads event history, alarms and metrics here for incident triage."
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "read" {
  name   = "read"
  role   = aws_iam_role.redthread.id
  policy = data.aws_iam_policy_document.read.json
}
