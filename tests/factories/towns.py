"""Towns of over 15,000 inhabitants in the 48 countries, with the middle of the town as atlases give it.

The degrees are written down here on their own and are not those of the gazetteer, which is held against them.
"""

from touchstone.core.assessment.distance import Position

# Country → name as a list from there may write it → latitude and longitude of the town's centre.
TOWNS: dict[str, dict[str, Position]] = {
    "AL": {"Tiranë": (41.33, 19.82), "Durrës": (41.32, 19.45)},
    "AM": {"Yerevan": (40.18, 44.51), "Gyumri": (40.79, 43.85)},
    "AT": {"Wien": (48.21, 16.37), "Linz": (48.31, 14.29), "Graz": (47.07, 15.44), "Wels": (48.16, 14.03)},
    "BA": {"Sarajevo": (43.86, 18.41), "Banja Luka": (44.77, 17.19), "Mostar": (43.34, 17.81)},
    "BE": {"Gent": (51.05, 3.73), "Leuven": (50.88, 4.70), "Liège": (50.64, 5.57), "Antwerp": (51.22, 4.40)},
    "BG": {"Sofia": (42.70, 23.32), "Plovdiv": (42.14, 24.75), "Варна": (43.21, 27.91)},
    "CH": {
        "Zürich": (47.37, 8.54), "Genf": (46.20, 6.14),
        "St. Gallen": (47.42, 9.37), "Luzern": (47.05, 8.31),
    },
    "CO": {"Bogotá": (4.61, -74.08), "Medellín": (6.25, -75.57), "Cali": (3.44, -76.52)},
    "CY": {"Nicosia": (35.17, 33.36), "Limassol": (34.68, 33.04)},
    "CZ": {"Praha": (50.09, 14.42), "Brno": (49.20, 16.61), "Plzeň": (49.75, 13.38), "Zlín": (49.22, 17.67)},
    "DE": {
        "München": (48.14, 11.58), "Stuttgart": (48.78, 9.18),
        "Jena": (50.93, 11.59), "Cologne": (50.94, 6.96),
        "Rostock": (54.09, 12.13), "Frankfurt (Oder)": (52.34, 14.55), "Frankfurt am Main": (50.11, 8.68),
    },
    "DK": {"København": (55.68, 12.57), "Aarhus": (56.16, 10.20), "Odense": (55.40, 10.39)},
    "EE": {"Tallinn": (59.44, 24.75), "Tartu": (58.38, 26.72), "Pärnu": (58.39, 24.50)},
    "EG": {"Cairo": (30.05, 31.24), "Alexandria": (31.20, 29.92)},
    "ES": {
        "Barcelona": (41.39, 2.17), "Sevilla": (37.39, -5.99), "Bilbao": (43.26, -2.93),
        "Valencia": (39.47, -0.38), "Palma de Mallorca": (39.57, 2.65),
    },
    "FI": {
        "Helsinki": (60.17, 24.94), "Tampere": (61.50, 23.76),
        "Oulu": (65.01, 25.47), "Åbo": (60.45, 22.27),
    },
    "FR": {
        "Paris": (48.86, 2.35), "Lyon": (45.76, 4.83), "Grenoble": (45.19, 5.73), "Strasbourg": (48.58, 7.75),
        "St-Étienne": (45.44, 4.39),
    },
    "GB": {
        "London": (51.51, -0.13), "Manchester": (53.48, -2.24), "Glasgow": (55.86, -4.25),
        "Cambridge": (52.21, 0.12), "Belfast": (54.60, -5.93),
    },
    "GE": {"Tbilisi": (41.69, 44.80), "Batumi": (41.65, 41.64), "Kutaisi": (42.27, 42.70)},
    "GR": {"Αθήνα": (37.98, 23.73), "Thessaloniki": (40.64, 22.94), "Patras": (38.25, 21.73)},
    "HR": {"Zagreb": (45.81, 15.98), "Split": (43.51, 16.44), "Rijeka": (45.33, 14.44)},
    "HU": {"Budapest": (47.50, 19.04), "Debrecen": (47.53, 21.63), "Győr": (47.69, 17.63)},
    "IE": {"Dublin": (53.35, -6.26), "Cork": (51.90, -8.47), "Galway": (53.27, -9.05)},
    "IS": {"Reykjavík": (64.14, -21.94), "Akureyri": (65.68, -18.10)},
    "IT": {
        "Torino": (45.07, 7.69), "Milano": (45.46, 9.19), "Bologna": (44.49, 11.34), "Napoli": (40.85, 14.27),
        "Reggio Emilia": (44.70, 10.63),
    },
    "LT": {
        "Vilnius": (54.69, 25.28), "Kowno": (54.90, 23.90),
        "Klaipėda": (55.71, 21.13), "Alytus": (54.40, 24.05),
    },
    "LU": {"Luxembourg": (49.61, 6.13), "Esch-sur-Alzette": (49.50, 5.98), "Dudelange": (49.48, 6.09)},
    "LV": {"Rīga": (56.95, 24.11), "Liepāja": (56.51, 21.01), "Daugavpils": (55.87, 26.54)},
    "MA": {"Casablanca": (33.59, -7.61), "Rabat": (34.02, -6.84), "Marrakech": (31.63, -7.99)},
    "MD": {"Chișinău": (47.01, 28.86), "Bălți": (47.76, 27.93)},
    "ME": {"Podgorica": (42.44, 19.26), "Nikšić": (42.77, 18.95)},
    "MK": {"Skopje": (42.00, 21.43), "Bitola": (41.03, 21.33)},
    "MT": {"Birkirkara": (35.90, 14.46), "Mosta": (35.91, 14.43)},
    "MX": {"Mexico City": (19.43, -99.13), "Guadalajara": (20.67, -103.35), "Tijuana": (32.53, -117.03)},
    "NL": {"Amsterdam": (52.37, 4.90), "Eindhoven": (51.44, 5.48), "Den Haag": (52.08, 4.31)},
    "NO": {
        "Oslo": (59.91, 10.75), "Bergen": (60.39, 5.32),
        "Trondheim": (63.43, 10.40), "Tromsø": (69.65, 18.96),
    },
    "PL": {
        "Warszawa": (52.23, 21.01), "Kraków": (50.06, 19.94),
        "Łódź": (51.76, 19.46), "Gdańsk": (54.35, 18.65),
        "Bielsko-Biała": (49.82, 19.05),
    },
    "PT": {
        "Lisboa": (38.72, -9.14), "Porto": (41.15, -8.61),
        "Braga": (41.55, -8.42), "Aveiro": (40.64, -8.65),
    },
    "RO": {"București": (44.43, 26.10), "Cluj-Napoca": (46.77, 23.60), "Timișoara": (45.75, 21.23)},
    "RS": {"Beograd": (44.81, 20.46), "Novi Sad": (45.25, 19.85), "Niš": (43.32, 21.90)},
    "SE": {
        "Stockholm": (59.33, 18.07), "Göteborg": (57.71, 11.97),
        "Malmö": (55.60, 13.00), "Luleå": (65.58, 22.15),
    },
    "SI": {"Ljubljana": (46.05, 14.51), "Maribor": (46.56, 15.65), "Kranj": (46.24, 14.36)},
    "SK": {"Bratislava": (48.15, 17.11), "Košice": (48.72, 21.26), "Žilina": (49.22, 18.74)},
    "TN": {"Tunis": (36.80, 10.18), "Sfax": (34.74, 10.76)},
    "TR": {
        "İstanbul": (41.01, 28.96), "Ankara": (39.93, 32.86),
        "Bursa": (40.19, 29.06), "Izmir": (38.42, 27.14),
    },
    "TW": {"Taipei": (25.04, 121.56), "Tainan": (22.99, 120.21)},
    "UA": {
        "Київ": (50.45, 30.52), "Lviv": (49.84, 24.03),
        "Odesa": (46.48, 30.73), "Kharkiv": (49.99, 36.23),
    },
    "XK": {"Prishtinë": (42.66, 21.16), "Prizren": (42.21, 20.74)},
}  # fmt: skip

# Names that stand for several places of their country.
AMBIGUOUS: tuple[tuple[str, str], ...] = (
    ("Frankfurt", "DE"), ("Halle", "DE"), ("Neustadt", "DE"), ("Neunkirchen", "DE"), ("Rothenburg", "DE"),
    ("Münster", "DE"), ("San Fernando", "ES"), ("Santiago", "ES"), ("Newport", "GB"), ("Newcastle", "GB"),
    ("Richmond", "GB"), ("Nowa Wieś", "PL"), ("Świdnica", "PL"), ("Siedlce", "PL"), ("Buchs", "CH"),
    ("Reggio", "IT"), ("Castro", "IT"), ("Saint-Nazaire", "FR"), ("Villeneuve", "FR"), ("Nové Město", "CZ"),
    ("Slatina", "RO"), ("Rivne", "UA"), ("San Fernando", "MX"), ("Guadalupe", "MX"), ("Hengelo", "NL"),
    ("Bergen", "NL"),
)  # fmt: skip
