// Package store keeps what was published: every snapshot of every dataset, and
// for each dataset a chain of entries that says what was published when, by
// whom and why. Nothing published is ever changed, or deleted but by Withdraw.
//
// There are two stores: a Directory, for one machine, and PostGIS, which many
// servers share. Both pass the same conformance suite. A server reads from a
// Directory in any case: Copy keeps one up to date with a PostGIS store, so
// that no request waits for a database.
//
// Damage to one entry takes nothing else away: Whole returns what can be read of
// a dataset and names the rest, and Repair sets aside what cannot be.
//
// Two times are kept apart. Valid time, in the features, is when something
// held; an entry's time is when it was published, so that "as known on" a day
// is the snapshot of the last entry that was published by then.
package store
