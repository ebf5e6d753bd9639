//! Medians, and how they are shown.

use serde::Serialize;

/// What is measured of one server under one load.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    pub row: String,
    /// `larimard`, or a floor.
    pub server: String,
    pub connections: usize,
    /// One number a round.
    pub per_second: Vec<f64>,
    pub cpu_micros: Vec<f64>,
    pub p50_micros: Vec<f64>,
    pub p99_micros: Vec<f64>,
    pub errors: f64,
}

/// All cells of a run.
#[derive(Debug, Default, Serialize)]
pub struct Cells(pub Vec<Cell>);

impl Cells {
    pub fn add(&mut self, row: &str, server: &str, connections: usize) -> &mut Cell {
        let found = self
            .0
            .iter()
            .position(|cell| cell.is(row, server, connections));
        let at = found.unwrap_or_else(|| {
            self.0.push(Cell {
                row: row.into(),
                server: server.into(),
                connections,
                ..Cell::default()
            });
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    pub fn get(&self, row: &str, server: &str, connections: usize) -> Option<&Cell> {
        self.0.iter().find(|cell| cell.is(row, server, connections))
    }

    /// The median over the rounds of a ratio within a round: what slows the machine slows both.
    pub fn cpu_ratio(
        &self,
        row: &str,
        server: &str,
        floor: &str,
        connections: usize,
    ) -> Option<f64> {
        let (one, other) = (
            self.get(row, server, connections)?,
            self.get(row, floor, connections)?,
        );
        let pairs = one.cpu_micros.iter().zip(&other.cpu_micros);
        Some(median(pairs.map(|(one, other)| one / other)))
    }

    pub fn print(&self) {
        println!(
            "\n{:<22} {:<10} {:>5} {:>10} {:>10} {:>9} {:>9} {:>9} {:>7}",
            "row", "server", "conn", "requests/s", "CPU us", "p50 us", "p99 us", "CPU x", "errors"
        );
        for cell in &self.0 {
            let ratio = self.cpu_ratio(&cell.row, &cell.server, "jsonrpsee", cell.connections);
            println!(
                "{:<22} {:<10} {:>5} {:>10.0} {:>10.1} {:>9.0} {:>9.0} {:>9} {:>7}",
                cell.row,
                cell.server,
                cell.connections,
                median(cell.per_second.iter().copied()),
                median(cell.cpu_micros.iter().copied()),
                median(cell.p50_micros.iter().copied()),
                median(cell.p99_micros.iter().copied()),
                ratio.map_or(String::new(), |ratio| format!("{ratio:.2}")),
                cell.errors,
            );
        }
    }
}

impl Cell {
    fn is(&self, row: &str, server: &str, connections: usize) -> bool {
        self.row == row && self.server == server && self.connections == connections
    }

    pub fn saw(&mut self, seen: &crate::wrk::Seen, cpu: f64) {
        self.per_second.push(seen.per_second);
        self.cpu_micros.push(cpu / seen.requests.max(1.0));
        self.p50_micros.push(seen.p50);
        self.p99_micros.push(seen.p99);
        self.errors += seen.errors;
    }
}

pub fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    match numbers.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => numbers[odd / 2],
        even => f64::midpoint(numbers[even / 2 - 1], numbers[even / 2]),
    }
}
