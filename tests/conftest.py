"""Sets options for all tests: property tests have no deadline, because a machine may be busy."""

from hypothesis import HealthCheck, settings

# How long an example takes says nothing about the product; a busy machine only made tests fail.
settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")
