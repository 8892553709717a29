variable "bot_role_arn" {
  description = "The role that the bot itself runs as; nobody else is let in."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", var.bot_role_arn))
    error_message = "Must be the ARN of one role, not of an account or of everybody."
  }
}

variable "external_id" {
  description = "A long random word that only this installation knows (openssl rand -hex 24)."
  type        = string
  sensitive   = true

  validation {
    condition     = length(var.external_id) >= 16
    error_message = "Must have at least 16 characters."
  }
}

variable "role_name" {
  description = "The same in every account: the bot's own policy names it."
  type        = string
  default     = "redthread-read-only"
}

variable "log_group_arns" {
  description = "Log groups with CloudTrail records that are listed under \"logs\", without :* at the end."
  type        = list(string)
  default     = []
}

variable "event_data_store_arns" {
  description = "Event data stores that are listed under \"lake\"."
  type        = list(string)
  default     = []
}

variable "queue_arns" {
  description = "Queues of alarms in this account."
  type        = list(string)
  default     = []
}
