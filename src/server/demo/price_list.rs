//! What the studio buys, from whom, and about what it costs.

/// Something that is bought now and then.
pub struct Item {
    pub category: &'static str,
    pub text: &'static str,
    pub suppliers: &'static [&'static str],
    /// The least and the most it costs, in whole euros.
    pub euros: (i64, i64),
    /// How often it comes, compared with the others of its list.
    pub often: i64,
    /// Whether a client who pays by the hour is charged with it.
    pub is_expense: bool,
}

/// Something that is bought regularly for the studio as a whole.
pub struct Recurring {
    pub category: &'static str,
    pub text: &'static str,
    pub supplier: &'static str,
    /// What it costs each time, in whole euros.
    pub euros: i64,
    /// After how many months it comes again.
    pub every: i32,
    /// On which working day of the month, from 0.
    pub working_day: usize,
}

const fn item(
    category: &'static str,
    text: &'static str,
    suppliers: &'static [&'static str],
    euros: (i64, i64),
    often: i64,
) -> Item {
    Item {
        category,
        text,
        suppliers,
        euros,
        often,
        is_expense: false,
    }
}

impl Item {
    const fn expense(mut self) -> Self {
        self.is_expense = true;
        self
    }
}

const fn recurring(
    category: &'static str,
    text: &'static str,
    supplier: &'static str,
    euros: i64,
    every: i32,
    working_day: usize,
) -> Recurring {
    Recurring {
        category,
        text,
        supplier,
        euros,
        every,
        working_day,
    }
}

const RAIL: &[&str] = &["Deutsche Bahn", "ÖBB", "SBB"];
const HOTELS: &[&str] = &["Hotel Zur Linde", "Motel Vier", "Gasthof Sonne", "Pension O'Hara"];
const CLOUDS: &[&str] = &["Nordwolke Hosting", "Rechenkraft AG", "Uplink Cloud"];
const SHOPS: &[&str] = &["Bürokette", "Technikmarkt Süd", "Gerätehaus Lüders"];
const SCHOOLS: &[&str] = &["Akademie am Hafen", "Kurswerk", "École du Code"];
const PEOPLE: &[&str] = &[
    "Jana Wolff",
    "Piotr Zając",
    "Studio Ø",
    "Nadia Benali",
    "Code & Söhne",
    "Iris Käufer",
];
const SOFTWARE: &[&str] = &["Pixelwerk", "Kettle Software", "Formsprache", "Branch & Merge"];

/// For projects.
pub const FOR_PROJECTS: &[Item] = &[
    item("Freelancers", "Freelance development", PEOPLE, (650, 2_400), 6),
    item("Freelancers", "Translation and editing", PEOPLE, (120, 780), 6),
    item(
        "Licences",
        "Fonts and stock images",
        &["Schriftenhaus", "Bildarchiv Nord"],
        (18, 160),
        14,
    )
    .expense(),
    item(
        "Licences",
        "Map and search service",
        &["Kartograf", "Fundus Search"],
        (25, 190),
        9,
    ),
    item("Travel", "Train to the client", RAIL, (38, 220), 22).expense(),
    item("Travel", "Hotel for a workshop", HOTELS, (89, 310), 9).expense(),
    item(
        "Travel",
        "Taxi and parking",
        &["Taxi Funk", "Parkhaus Mitte"],
        (9, 58),
        9,
    )
    .expense(),
    item("Hardware", "Test devices", SHOPS, (90, 640), 4),
    item("Hosting", "Staging servers", CLOUDS, (35, 240), 14),
    item("Hosting", "Domains and certificates", CLOUDS, (12, 90), 7).expense(),
    item("Training", "Course on the client's system", SCHOOLS, (160, 620), 2),
];

/// For a division as a whole.
pub const FOR_DIVISIONS: &[Item] = &[
    item("Freelancers", "Cover during leave", PEOPLE, (300, 1_500), 4),
    item("Licences", "Design and prototyping tools", SOFTWARE, (24, 260), 20),
    item("Licences", "Development tools", SOFTWARE, (19, 240), 20),
    item("Licences", "Error tracking", SOFTWARE, (29, 120), 8),
    item("Travel", "Conference trip", RAIL, (70, 340), 9),
    item("Hardware", "Monitor and peripherals", SHOPS, (45, 420), 9),
    item("Hardware", "Laptop", SHOPS, (1_150, 2_300), 3),
    item("Hosting", "Build servers", CLOUDS, (40, 260), 16),
    item("Training", "Conference ticket", SCHOOLS, (180, 640), 6),
    item("Training", "Books and online courses", SCHOOLS, (22, 140), 9),
];

/// For the studio as a whole, now and then.
pub const SHARED: &[Item] = &[
    item("Administration", "Office supplies", SHOPS, (18, 160), 18),
    item(
        "Administration",
        "Postage and courier",
        &["Post", "Radkurier Blitz"],
        (9, 70),
        16,
    ),
    item(
        "Administration",
        "Legal advice",
        &["Kanzlei Rabe & Höfer"],
        (240, 1_300),
        5,
    ),
    item("Administration", "Repairs", &["Hausdienst Pohl"], (80, 640), 8),
    item("Administration", "Drinks and fruit", &["Obsthof Ahrens"], (45, 190), 18),
    item(
        "Marketing",
        "Online advertising",
        &["Suchwort AG", "Netzreklame"],
        (120, 950),
        15,
    ),
    item("Marketing", "Job advertisements", &["Stellenwerk"], (190, 890), 8),
    item(
        "Marketing",
        "Meet-up hosting",
        &["Gasthof Sonne", "Backstube Çelik"],
        (90, 520),
        8,
    ),
    item("Marketing", "Print material", &["Druckerei Fährmann"], (60, 480), 5),
    item(
        "Insurance",
        "Bicycle and equipment cover",
        &["Hanse Assekuranz"],
        (25, 95),
        3,
    ),
];

/// Costs that nobody has assigned yet.
pub const UNASSIGNED: &[Item] = &[
    item("Travel", "Card payment, receipt missing", RAIL, (12, 240), 5),
    item("Licences", "Subscription, owner unknown", SOFTWARE, (9, 120), 4),
    item("Hardware", "Order without a cost centre", SHOPS, (30, 460), 3),
    item("Administration", "Bank charges", &["Sparkasse Mitte"], (6, 45), 5),
];

/// For the studio as a whole, regularly.
pub const REGULARLY: &[Recurring] = &[
    recurring("Rent", "Office rent", "Speicherstadt Immobilien", 13_850, 1, 0),
    recurring("Rent", "Storage and archive", "Lagerhaus Lüth", 640, 1, 0),
    recurring("Rent", "Parking spaces", "Parkhaus Mitte", 480, 1, 0),
    recurring("Rent", "Electricity and heating", "Stadtwerke", 1_180, 1, 3),
    recurring("Rent", "Cleaning", "Blitzblank Müller", 1_340, 1, 9),
    recurring("Administration", "Bookkeeping", "Kontor Petersen", 2_350, 1, 4),
    recurring("Administration", "Office management", "Zeitwerk Personal", 4_900, 1, 14),
    recurring("Administration", "Telephone and internet", "Glasfaser Nord", 545, 1, 5),
    recurring("Administration", "Payroll service", "Kontor Petersen", 620, 1, 15),
    recurring("Administration", "Company bicycles", "Radleasing Süd", 890, 1, 2),
    recurring(
        "Administration",
        "Public transport passes",
        "Verkehrsverbund",
        1_470,
        1,
        1,
    ),
    recurring(
        "Administration",
        "Mail and office software",
        "Kettle Software",
        735,
        1,
        6,
    ),
    recurring(
        "Administration",
        "Annual accounts and audit",
        "Kanzlei Rabe & Höfer",
        11_800,
        12,
        11,
    ),
    recurring("Insurance", "Liability insurance", "Hanse Assekuranz", 1_960, 3, 2),
    recurring("Insurance", "Cyber insurance", "Hanse Assekuranz", 1_420, 3, 2),
    recurring("Insurance", "Contents insurance", "Nordische Feuerkasse", 380, 3, 3),
    recurring("Marketing", "Search advertising", "Suchwort AG", 2_250, 1, 7),
    recurring("Marketing", "Public relations", "Agentur Lautstark", 1_600, 1, 10),
    recurring("Marketing", "Trade fair stand", "Messe Rheinland", 9_400, 6, 12),
];

/// Where the studio has its offices, one for each copy.
pub const OFFICES: &[&str] = &[
    "Hamburg",
    "Köln",
    "Wien",
    "Zürich",
    "Leipzig",
    "Graz",
    "Rotterdam",
    "Malmö",
    "Łódź",
    "Lyon",
];
