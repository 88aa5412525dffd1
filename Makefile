# What a build needs and what the tests need besides, as Debian package names. Nothing is installed elsewhere.
BUILD_PACKAGES := libfuse3-dev libyaml-dev libssl-dev pkg-config

.PHONY: packages
packages:
	@missing=$$(dpkg-query -W -f '$${Package} $${Status}\n' $(BUILD_PACKAGES) 2>/dev/null | awk '/install ok installed/{print $$1}'); \
	want=$$(for p in $(BUILD_PACKAGES); do echo "$$missing" | grep -qx $$p || echo $$p; done); \
	if [ -n "$$want" ]; then echo "installing $$want"; apt-get install -y --no-install-recommends $$want; fi
