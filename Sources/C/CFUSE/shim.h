#pragma once
// The low-level API's shapes depend on this number; it must stand before the include.
#define FUSE_USE_VERSION 312
#include <fuse3/fuse_lowlevel.h>
