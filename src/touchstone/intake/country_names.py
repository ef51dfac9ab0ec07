"""Names of countries as the old register wrote or may have written them. Codes are ISO 3166-1 alpha-2."""

# XK is what the European Union uses for Kosovo.
_NAMES = {
    "AD": "Andorra", "AE": "United Arab Emirates", "AL": "Albania", "AM": "Armenia", "AR": "Argentina",
    "AT": "Austria", "AU": "Australia", "AZ": "Azerbaijan", "BA": "Bosnia and Herzegovina", "BE": "Belgium",
    "BG": "Bulgaria", "BO": "Bolivia", "BR": "Brazil", "BY": "Belarus", "CA": "Canada", "CH": "Switzerland",
    "CL": "Chile", "CN": "China", "CO": "Colombia", "CR": "Costa Rica", "CY": "Cyprus", "CZ": "Czechia",
    "DE": "Germany", "DK": "Denmark", "DO": "Dominican Republic", "DZ": "Algeria", "EC": "Ecuador",
    "EE": "Estonia", "EG": "Egypt", "ES": "Spain", "FI": "Finland", "FO": "Faroe Islands", "FR": "France",
    "GB": "United Kingdom", "GE": "Georgia", "GL": "Greenland", "GR": "Greece", "GT": "Guatemala",
    "HN": "Honduras", "HR": "Croatia", "HU": "Hungary", "ID": "Indonesia", "IE": "Ireland", "IL": "Israel",
    "IN": "India", "IS": "Iceland", "IT": "Italy", "JO": "Jordan", "JP": "Japan", "KR": "South Korea",
    "KZ": "Kazakhstan", "LB": "Lebanon", "LI": "Liechtenstein", "LT": "Lithuania", "LU": "Luxembourg",
    "LV": "Latvia", "MA": "Morocco", "MC": "Monaco", "MD": "Moldova", "ME": "Montenegro",
    "MK": "North Macedonia", "MT": "Malta", "MX": "Mexico", "MY": "Malaysia", "NI": "Nicaragua",
    "NL": "Netherlands", "NO": "Norway", "NZ": "New Zealand", "PA": "Panama", "PE": "Peru",
    "PH": "Philippines", "PK": "Pakistan", "PL": "Poland", "PS": "Palestine", "PT": "Portugal",
    "PY": "Paraguay", "RO": "Romania", "RS": "Serbia", "RU": "Russia", "SA": "Saudi Arabia", "SE": "Sweden",
    "SG": "Singapore", "SI": "Slovenia", "SK": "Slovakia", "SM": "San Marino", "SV": "El Salvador",
    "TH": "Thailand", "TN": "Tunisia", "TR": "Turkey", "TW": "Taiwan", "UA": "Ukraine",
    "US": "United States", "UY": "Uruguay", "VN": "Vietnam", "XK": "Kosovo", "ZA": "South Africa",
}  # fmt: skip
_OTHERWISE = {
    "Bosnia & Herzegovina": "BA", "Bosnia-Herzegovina": "BA", "Czech Republic": "CZ",
    "The Czech Republic": "CZ", "Great Britain": "GB", "UK": "GB", "England": "GB", "Scotland": "GB",
    "Wales": "GB", "Northern Ireland": "GB", "Republic of Ireland": "IE", "Korea": "KR",
    "Republic of Korea": "KR", "Republic of Moldova": "MD", "Moldova, Republic of": "MD", "Macedonia": "MK",
    "FYR Macedonia": "MK", "FYROM": "MK", "Former Yugoslav Republic of Macedonia": "MK",
    "The former Yugoslav Republic of Macedonia": "MK", "Republic of Macedonia": "MK", "Holland": "NL",
    "The Netherlands": "NL", "Republic of Serbia": "RS", "Russian Federation": "RU",
    "The Russian Federation": "RU", "Slovak Republic": "SK", "The Slovak Republic": "SK", "Türkiye": "TR",
    "Turkiye": "TR", "USA": "US", "United States of America": "US", "Viet Nam": "VN",
}  # fmt: skip

COUNTRY_CODES = {name: code for code, name in _NAMES.items()} | _OTHERWISE
