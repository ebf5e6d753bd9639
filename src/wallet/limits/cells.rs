//! Where a limiter keeps what each key has used, in bounded memory.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use governor::nanos::Nanos;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed, StateStore};

/// Cells that keys share when all places are taken: 512 KiB.
const SHARED_CELLS: usize = 65_536;

/// A key, and whether to count or only to look: governor has no way of looking, but it asks its store for a decision,
/// and a store may forget what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Ask<K> {
    key: K,
    take: bool,
}

impl<K> Ask<K> {
    pub(super) fn to_take(key: K) -> Self {
        Self { key, take: true }
    }

    pub(super) fn to_look(key: K) -> Self {
        Self { key, take: false }
    }
}

/// A cell for each key, as long as there are places; then the one of a fixed number that a keyed hash says.
pub(super) struct Cells<K: Hash + Eq> {
    own: DashMap<K, InMemoryState>,
    /// Beside `own`, whose length takes a lock of each of its shards.
    taken: AtomicUsize,
    places: usize,
    shared: Box<[InMemoryState]>,
    hasher: RandomState,
}

impl<K: Hash + Eq> Cells<K> {
    pub(super) fn new(places: usize) -> Self {
        Self::with_shared(places, places.min(SHARED_CELLS))
    }

    fn with_shared(places: usize, shared: usize) -> Self {
        Self {
            own: DashMap::new(),
            taken: AtomicUsize::new(0),
            places,
            shared: (0..shared.max(1))
                .map(|_| InMemoryState::default())
                .collect(),
            hasher: RandomState::new(),
        }
    }

    fn shared(&self, key: &K) -> &InMemoryState {
        let number = self.hasher.hash_one(key) % self.shared.len() as u64;
        &self.shared[number as usize]
    }
}

impl<K: Hash + Eq + Clone> StateStore for Cells<K> {
    type Key = Ask<K>;

    fn measure_and_replace<T, F, E>(&self, ask: &Ask<K>, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let Ask { key, take } = ask;
        if let Some(cell) = self.own.get(key) {
            return if *take {
                update(&cell, &decide)
            } else {
                look(&cell, &decide)
            };
        }
        let shared = self.shared(key);
        if !take {
            return look(shared, &decide);
        }
        match self.own.entry(key.clone()) {
            Entry::Occupied(cell) => update(cell.get(), &decide),
            Entry::Vacant(place) => {
                // a key that was sharing goes on doing so until that cell is whole again: a cell of its own would be a
                // second allowance
                if self.taken.load(Ordering::Relaxed) >= self.places || !is_whole(shared, &decide) {
                    return update(shared, &decide);
                }
                let cell = InMemoryState::default();
                let decision = update(&cell, &decide)?;
                place.insert(cell);
                self.taken.fetch_add(1, Ordering::Relaxed);
                Ok(decision)
            }
        }
    }
}

impl<K: Hash + Eq + Clone> ShrinkableKeyedStateStore<Ask<K>> for Cells<K> {
    fn retain_recent(&self, drop_below: Nanos) {
        self.own.retain(|_, cell| {
            let recent = arrival(cell).is_some_and(|arrival| arrival > drop_below);
            if !recent {
                self.taken.fetch_sub(1, Ordering::Relaxed);
            }
            recent
        });
    }

    fn shrink_to_fit(&self) {
        self.own.shrink_to_fit();
    }

    fn len(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What governor keeps in a cell: the time at which the key would be whole again.
fn arrival(cell: &InMemoryState) -> Option<Nanos> {
    cell.measure_and_replace(&NotKeyed::NonKey, Err::<((), Nanos), _>)
        .err()
        .flatten()
}

fn update<T, E>(
    cell: &InMemoryState,
    decide: &impl Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
) -> Result<T, E> {
    cell.measure_and_replace(&NotKeyed::NonKey, decide)
}

fn look<T, E>(
    cell: &InMemoryState,
    decide: &impl Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
) -> Result<T, E> {
    decide(arrival(cell)).map(|(decision, _)| decision)
}

/// Whether a key in this cell is treated as one that was never seen. Only the limiter knows the time, but it would
/// keep the same for both.
fn is_whole<T, E>(
    cell: &InMemoryState,
    decide: &impl Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
) -> bool {
    match (decide(arrival(cell)), decide(None)) {
        (Ok((_, kept)), Ok((_, fresh))) => kept == fresh,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
