output "role_arn" {
  description = "Goes into the configuration as the account's \"role\"."
  value       = aws_iam_role.redthread.arn
}
