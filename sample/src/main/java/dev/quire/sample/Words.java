package dev.quire.sample;

/**
 * Texts for made-up rows: with accents, quotes, commas, line breaks and Japanese, because real ones
 * have them.
 */
final class Words {
  static final String[] COMPANIES = {
    "Contoso",
    "Fabrikam, Inc.",
    "Adventure Works",
    "O'Brien & Sons, Ltd.",
    "Müller \"Präzision\" GmbH",
    "Société Générale d'Énergie",
    "株式会社山田製作所",
    "東京データ合同会社",
    "Łódzka Fabryka Mebli",
    "Ñandú Viajes",
    "100% Cotton",
    "Under_Score Labs",
    "Back\\Slash Storage",
    "Northwind Traders",
    "Tailspin Toys",
    "Proseware (EMEA)",
    "Blue Yonder <Airlines>",
    "Litware; Partners",
    "A+B=C Consulting",
    "Café #1"
  };
  static final String[] CITIES = {
    "Berlin",
    "東京",
    "大阪",
    "Paris",
    "São Paulo",
    "Zürich",
    "Kraków",
    "Dublin",
    "Seattle",
    "Oslo",
    "Málaga",
    "Reykjavík",
    "Wellington",
    "Nairobi",
    "札幌"
  };
  static final String[] REMARKS = {
    "Pays late, but always pays.",
    "Line one\nline two\ttabbed",
    "He said \"never again\"",
    "重要な取引先。担当者に確認すること。",
    "",
    "Smile 😀, and the world smiles",
    "a, b; c | d"
  };
  static final String[] FIRST_NAMES = {
    "Anna", "Björn", "Chloé", "Dmitri", "Eoin", "花子", "太郎", "Íñigo", "Jürgen", "Kim", "Łucja",
    "María", "Nia", "Olu", "Zoë"
  };
  static final String[] LAST_NAMES = {
    "Andersen",
    "O'Neill",
    "García",
    "Müller",
    "佐藤",
    "鈴木",
    "Nowak",
    "de la Cruz",
    "Smith",
    "Øvergård",
    "Tanaka",
    "van den Berg"
  };
  static final String[] TOPICS = {
    "Renewal",
    "New seats",
    "Migration",
    "\"Phase 2\"",
    "Support, extended",
    "Pilot",
    "増設",
    "Licences"
  };

  private Words() {}
}
