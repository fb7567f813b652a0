"""What has changed since: findings against a baseline or an earlier version, contracts between two versions."""
