"""A file starts with a YAML directive.

It checks for a line that starts with a percent sign.

## Why it matters

`%YAML` and `%TAG` change how the file is to be read. A playbook is always read the same way.

## Bad

```yaml
%YAML 1.1
---
title: Asking for more
kind: note
summary: How to ask for a day.
```

## Good

```yaml
title: Asking for more
kind: note
summary: How to ask for a day.
```
"""

SEVERITY = "error"
