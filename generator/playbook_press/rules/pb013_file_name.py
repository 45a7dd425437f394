"""A file name cannot be an address.

It checks that the name is made of small letters, digits and single hyphens, and ends in `.yml`.

## Why it matters

The file name is the playbook's id: it stands in the address of its page, and others refer to it.

## Bad

`Asking for Time.yaml`

## Good

`asking-for-time.yml`
"""

SEVERITY = "error"
