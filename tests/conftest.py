import os

from hypothesis import HealthCheck, settings

# The settings of whoever runs the suite are not the tests'.
for name in [name for name in os.environ if name.startswith("EIG_SHEETS_")]:
    del os.environ[name]

# Examples may take the time that the machine takes; what counts is what they find.
settings.register_profile("eig-sheets", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eig-sheets")
