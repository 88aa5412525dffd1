// SPDX-License-Identifier: Apache-2.0

/// What the versions of one secret have in common: two are of one lineage when one succeeded the other.
///
/// It is known by its identity alone: names are unique within a class, not among classes.
package final class SecretLineage: Sendable {
    package init() {}
}
