"""The names that participant lists give their columns and the nine types, folded to letters and digits."""

from collections.abc import Mapping

from touchstone.core.assessment.commitment import Commitment
from touchstone.core.assessment.participants import OFFICE

# Column → names that lists give it, folded to letters and digits.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "organisation", "organization", "organisationname", "organizationname", "participant",
             "participantname", "member", "membername", "company", "companyname", "institution"),
    "type": ("type", "category", "kind", "organisationtype", "organizationtype", "typeoforganisation",
             "typeoforganization", "participanttype", "membertype"),
    "country": ("country", "countrycode", "nation"),
    "place": ("place", "city", "town", "location", "municipality", "seat", "address"),
    "region": ("region", "state", "province", "county", "federalstate", "voivodeship", "canton"),
    "postcode": ("postcode", "postalcode", "zip", "zipcode", "plz"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "joined": ("joined", "joinedon", "joiningdate", "dateofjoining", "membersince", "since", "from", "start"),
    "left": ("left", "lefton", "leavingdate", "dateofleaving", "memberuntil", "until", "to", "end"),
    "evidence": ("evidence", "evidenceofcommitment", "commitment", "commitmentevidence", "proof"),
    "agreement": ("agreement", "signedagreement", "membershipagreement", "agreementsigned", "letterofintent",
                  "signed"),
    "fee": ("fee", "fees", "membershipfee", "feepaid", "feespaid", "dues", "feeorsupport"),
    "contribution": ("contribution", "activecontribution", "regularcontribution", "workinggroup",
                     "workinggroups"),
}  # fmt: skip
REQUIRED = ("name", "type")
# Columns of evidence of one kind each: any entry that does not deny it shows it.
KINDS: Mapping[str, Commitment] = {
    "agreement": Commitment.AGREEMENT,
    "fee": Commitment.SUPPORT,
    "contribution": Commitment.CONTRIBUTION,
}

# Type → names that lists give it, folded. "Company" alone is none: it may be small or large.
TYPES: Mapping[str, tuple[str, ...]] = {
    "sme": ("sme", "smes", "smallandmediumsizedenterprise", "smallandmediumsizedenterprises",
            "smallandmediumenterprise", "smallormediumenterprise", "smallenterprise", "mediumenterprise",
            "smallcompany", "mediumcompany", "smallfirm", "small", "medium", "micro", "microenterprise",
            "startup", "kmu", "msp", "mvi", "pme", "pyme", "pmi"),
    "large": ("large", "largeenterprise", "largecompany", "largefirm", "nonsme", "notsme", "bigcompany",
              "corporation", "largeindustry"),
    "research": ("research", "researchinstitute", "researchinstitution", "researchcentre", "researchcenter",
                 "researchorganisation", "researchorganization", "rd", "rdinstitution", "rdinstitute",
                 "rdcentre", "rdorganisation", "rto", "researchandtechnologyorganisation"),
    "university": ("university", "universities", "academia", "highereducation", "hei",
                   "highereducationinstitution", "universityofappliedsciences"),
    "training": ("training", "trainingprovider", "education", "educationprovider", "trainingandeducation",
                 "trainingandeducationprovider", "educationandtraining", "school", "vocationalschool", "vet"),
    "finance": ("finance", "financialintermediary", "financialintermediaries", "financialinstitution",
                "bank", "investor", "venturecapital", "fund"),
    "consultant": ("consultant", "consultants", "consultancy", "consulting", "advisor", "adviser"),
    "government": ("government", "governmentalagency", "governmentalagencies", "governmentagency",
                   "publicauthority", "publicadministration", "publicbody", "publicsector", "public",
                   "municipality", "localgovernment", "regionalgovernment", "agency"),
    "other": ("other", "others", "ngo", "association", "foundation", "chamber", "misc"),
    OFFICE: ("office", "ouroffice", "ownoffice", "clusteroffice", "headoffice", "headquarters"),
}  # fmt: skip
COLUMN_OF = {name: column for column, names in COLUMNS.items() for name in names}
TYPE_OF = {name: type for type, names in TYPES.items() for name in names}
