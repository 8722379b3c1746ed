//! The names of the studio's people and clients; no name occurs twice.

const FIRST: [&str; 48] = [
    "Anna",
    "Mehmet",
    "Jürgen",
    "Zoë",
    "Luca",
    "Agnieszka",
    "Björn",
    "Fatima",
    "Sören",
    "Chloé",
    "Dmitri",
    "Ingrid",
    "Kofi",
    "Maëlle",
    "Nils",
    "Olga",
    "Paweł",
    "Rosa",
    "Tomás",
    "Ursula",
    "Viktor",
    "Wiebke",
    "Yuki",
    "Aylin",
    "Bastian",
    "Carla",
    "Dorothea",
    "Emre",
    "Françoise",
    "Gregor",
    "Hannah",
    "Ivo",
    "Jasmin",
    "Karl-Heinz",
    "Leïla",
    "Matteo",
    "Noor",
    "Øyvind",
    "Priya",
    "Rafał",
    "Siobhán",
    "Thi Mai",
    "Ulrike",
    "Valentin",
    "Wanda",
    "Xavier",
    "Yara",
    "Zdeněk",
];

const LAST: [&str; 53] = [
    "Bergmann",
    "Yılmaz",
    "Köhler",
    "O'Connor",
    "Rossi",
    "Kowalska",
    "Lindqvist",
    "Haddad",
    "Petersen",
    "Dubois",
    "Ivanov",
    "Weiß",
    "Mensah",
    "Le Gall",
    "Hoffmann",
    "Novák",
    "Zieliński",
    "Jiménez",
    "Schröder",
    "van Dijk",
    "Grünewald",
    "Tanaka",
    "Öztürk",
    "D'Angelo",
    "Meyer-Landrut",
    "Ferreira",
    "Brandt",
    "Demir",
    "Lefèvre",
    "Huber",
    "Jung",
    "Horvat",
    "Richter",
    "Baumgärtner",
    "Ben Salah",
    "Conti",
    "de Vries",
    "Hansen",
    "Sharma",
    "Wiśniewski",
    "Byrne",
    "Nguyen",
    "Krüger",
    "Fuchs",
    "Nowak",
    "Martin",
    "Saleh",
    "Dvořák",
    "Schäfer",
    "Lang",
    "Moreau",
    "Winter",
    "Okafor",
];

const CLIENTS: [&str; 24] = [
    "O'Neill & Söhne",
    "Schäfer Möbelhaus",
    "Hansen Reederei",
    "Stadtwerke Elbtal",
    "Zürcher Velowerk",
    "Café Zoé",
    "Fjord Outdoor",
    "Banca Montalto",
    "Klinikum Weißensee",
    "Verlag Größler",
    "Van der Berg Logistics",
    "Nováček Maschinenbau",
    "Solaris Énergie",
    "Grünwald & Partner",
    "Tierpark Hellabach",
    "Øresund Ferries",
    "Apotheken am Markt",
    "Hochschule Rheinau",
    "Brauerei Düll",
    "Atelier d'Arc",
    "Kunsthalle Nord",
    "Piñata Foods",
    "Wohnbau Südring",
    "Łuczak Transport",
];

const FAMILIES: [&str; 31] = [
    "Albrecht",
    "Bianchi",
    "Çelik",
    "Dahlström",
    "Ebersbach",
    "Fournier",
    "Götz",
    "Hölzl",
    "Iversen",
    "Jansen",
    "Kaczmarek",
    "Löffler",
    "MacDonald",
    "Nørgaard",
    "O'Brien",
    "Pfeiffer",
    "Quandt",
    "Rössler",
    "Söderberg",
    "Thießen",
    "Urban",
    "Vogelsang",
    "Wójcik",
    "Ximénez",
    "Yardımcı",
    "Zöllner",
    "Ackermann",
    "Böhm",
    "Castellani",
    "Drăgan",
    "Egli",
];

const TRADES: [&str; 25] = [
    "Logistik",
    "& Töchter",
    "Maschinenbau",
    "Feinkost",
    "Energie",
    "Immobilien",
    "Medizintechnik",
    "Reisen",
    "Verlag",
    "Optik",
    "Textil",
    "& Partner",
    "Solartechnik",
    "Getränke",
    "Fahrräder",
    "Versicherungen",
    "Gartenbau",
    "Spedition",
    "Akademie",
    "Möbel",
    "Papier",
    "Elektronik",
    "Hotels",
    "Bäckereien",
    "Holzbau",
];

/// The name of the person with this number.
pub fn person(number: usize) -> String {
    let (first, round) = (number % FIRST.len(), number / FIRST.len());
    format!("{} {}", FIRST[first], LAST[(first + round) % LAST.len()])
}

/// The name of the client with this number.
pub fn client(number: usize) -> String {
    let Some(number) = number.checked_sub(CLIENTS.len()) else {
        return CLIENTS[number].to_owned();
    };
    let (family, round) = (number % FAMILIES.len(), number / FAMILIES.len());
    let name = format!("{} {}", FAMILIES[family], TRADES[(family + round) % TRADES.len()]);
    match round / TRADES.len() {
        0 => name,
        again => format!("{name} {}", again + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_comes_twice() {
        assert_eq!((0..2_000).map(client).collect::<HashSet<_>>().len(), 2_000);
        assert_eq!((0..2_000).map(person).collect::<HashSet<_>>().len(), 2_000);
    }
}
