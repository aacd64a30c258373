"""What was declared and how it will be tested: pledge files, plan checks, testability."""
