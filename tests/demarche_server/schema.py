"""Our own small schema: the types and fields of the API that we ask for, no more."""

from typing import Final

_CHAMP: Final = """
  id: ID!
  champDescriptorId: String!
  label: String!
  stringValue: String
"""

_OWN_FIELDS: Final = {
    "CheckboxChamp": "value: Boolean!",
    "YesNoChamp": "value: Boolean",
    "DateChamp": "date: Date",
    "DatetimeChamp": "datetime: Moment",
    "DecimalNumberChamp": "value: Float",
    "IntegerNumberChamp": "value: BigInt",
    "CiviliteChamp": "value: String",
    "LinkedDropDownListChamp": "primaryValue: String secondaryValue: String",
    "DropDownListChamp": "value: String",
    "MultipleDropDownListChamp": "values: [String!]!",
    "PieceJustificativeChamp": "files: [File!]!",
    "RepetitionChamp": "rows: [Row!]!",
    "SiretChamp": "etablissement: PersonneMorale",
    "DossierLinkChamp": "dossier: Dossier",
}
_WITHOUT_OWN: Final = (
    "TextChamp", "AddressChamp", "CommuneChamp", "DepartementChamp", "RegionChamp", "PaysChamp", "EpciChamp",
    "RNAChamp", "RNFChamp", "CarteChamp", "TitreIdentiteChamp", "EngagementJuridiqueChamp", "HeaderSectionChamp",
    "ExplicationChamp",
)  # fmt: skip
CHAMPS: Final = (*_OWN_FIELDS, *_WITHOUT_OWN)
"""Every type of champ there is."""

_DESCRIPTORS: Final = ("Text", "Repetition", "HeaderSection", "Explication", "PieceJustificative")
_DECISIONS: Final = ("Accepter", "Refuser", "ClasserSansSuite", "PasserEnInstruction")


def _champ_types() -> str:
    own = {name: _OWN_FIELDS.get(name, "") for name in CHAMPS}
    return "\n".join(f"type {name} implements Champ {{ {_CHAMP} {fields} }}" for name, fields in own.items())


def _descriptor_types() -> str:
    common = "id: ID! label: String! required: Boolean! description: String"
    return "\n".join(
        f"type {name}ChampDescriptor implements ChampDescriptor {{ {common} "
        f"{'champDescriptors: [ChampDescriptor!]!' if name == 'Repetition' else ''} }}"
        for name in _DESCRIPTORS
    )


def _decisions() -> str:
    def one(name: str) -> str:
        motivation = {"Accepter": "motivation: String", "PasserEnInstruction": ""}.get(name, "motivation: String!")
        fields = f"dossierId: ID! instructeurId: ID! disableNotification: Boolean = false {motivation}"
        return (
            f"input {name}Input {{ {fields} }}\n"
            f"type {name}Result {{ dossier: Dossier errors: [Refusal!] }}\n"
            f"extend type Mutation {{ dossier{name}(input: {name}Input!): {name}Result }}"
        )

    return "\n".join(map(one, _DECISIONS))


def _connection(name: str) -> str:
    return f"type {name}Connection {{ nodes: [{name}] pageInfo: PageInfo! }}"


SCHEMA: Final = f"""
scalar Date
scalar Moment
scalar BigInt
scalar URL

type Query {{ demarche(number: Int!): Demarche!  dossier(number: Int!): Dossier! }}
type Mutation
enum State {{ en_construction en_instruction accepte refuse sans_suite }}

type Demarche {{
  id: ID!
  number: Int!
  title: String!
  activeRevision: Revision!
  groupeInstructeurs: [Groupe!]!
  dossiers(first: Int, after: String, updatedSince: Moment): DossierConnection!
  deletedDossiers(first: Int, after: String): DeletedDossierConnection!
  pendingDeletedDossiers(first: Int, after: String): DeletedDossierConnection!
}}
type Revision {{ id: ID! champDescriptors: [ChampDescriptor!]! }}
type Groupe {{ id: ID! number: Int! label: String! instructeurs: [Profile!]! }}
type Profile {{ id: ID! email: String! }}
type PageInfo {{ hasNextPage: Boolean! endCursor: String }}
{_connection("Dossier")}
{_connection("DeletedDossier")}
type Traitement {{ event: String! dateTraitement: Moment! }}
type DeletedDossier {{ id: ID! number: Int! dateSupression: Moment! state: State! reason: String! }}

type Dossier {{
  id: ID!
  number: Int!
  archived: Boolean!
  state: State!
  dateDepot: Moment!
  dateDerniereModification: Moment!
  dateDerniereModificationChamps: Moment!
  datePassageEnInstruction: Moment
  dateTraitement: Moment
  dateSuppressionParUsager: Moment
  motivation: String
  traitements: [Traitement!]!
  usager: Profile!
  demandeur: Demandeur!
  groupeInstructeur: Groupe!
  instructeurs: [Profile!]!
  champs: [Champ!]!
  annotations: [Champ!]!
}}
interface Demandeur {{ id: ID! }}
type PersonnePhysique implements Demandeur {{ id: ID! civilite: String nom: String! prenom: String! email: String }}
type PersonneMorale implements Demandeur {{ id: ID! siret: String! entreprise: Entreprise }}
type PersonneMoraleIncomplete implements Demandeur {{ id: ID! siret: String! }}
type Entreprise {{ raisonSociale: String! }}

interface ChampDescriptor {{ id: ID! label: String! required: Boolean! description: String }}
{_descriptor_types()}

interface Champ {{ {_CHAMP} }}
{_champ_types()}
type Row {{ id: ID! champs: [Champ!]! }}
type File {{
  filename: String!
  contentType: String!
  checksum: String!
  byteSizeBigInt: BigInt!
  url: URL!
  virusScanResult: String!
}}

type Refusal {{ message: String! }}
{_decisions()}
"""
