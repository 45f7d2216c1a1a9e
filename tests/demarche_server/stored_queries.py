"""Our own stored queries: for the ids that the client names, documents that answer with what it reads."""

from typing import Final

from eig_sheets.call.applications.demarche.client import MUTATIONS, QUERIES

_DECISIONS: Final = ("Accepter", "Refuser", "ClasserSansSuite", "PasserEnInstruction")

_QUERIES: Final = """
query getDemarche(
  $demarcheNumber: Int!, $first: Int, $after: String, $updatedSince: Moment,
  $deletedFirst: Int, $deletedAfter: String, $pendingDeletedFirst: Int, $pendingDeletedAfter: String,
  $includeDossiers: Boolean = false, $includeRevision: Boolean = false, $includeGroupeInstructeurs: Boolean = false,
  $includeDeletedDossiers: Boolean = false, $includePendingDeletedDossiers: Boolean = false,
  $includeChamps: Boolean = true, $includeAnotations: Boolean = true, $includeInstructeurs: Boolean = true,
  $includeTraitements: Boolean = true
) {
  demarche(number: $demarcheNumber) {
    id number title
    activeRevision @include(if: $includeRevision) { id champDescriptors {
      ...question ... on RepetitionChampDescriptor { champDescriptors { ...question } }
    } }
    groupeInstructeurs @include(if: $includeGroupeInstructeurs) { ...groupe }
    dossiers(first: $first, after: $after, updatedSince: $updatedSince) @include(if: $includeDossiers) {
      pageInfo { hasNextPage endCursor } nodes { ...dossier }
    }
    deletedDossiers(first: $deletedFirst, after: $deletedAfter) @include(if: $includeDeletedDossiers) {
      pageInfo { hasNextPage endCursor } nodes { ...deleted }
    }
    pendingDeletedDossiers(first: $pendingDeletedFirst, after: $pendingDeletedAfter)
      @include(if: $includePendingDeletedDossiers) { pageInfo { hasNextPage endCursor } nodes { ...deleted } }
  }
}
query getDossier(
  $dossierNumber: Int!, $includeChamps: Boolean = true, $includeAnotations: Boolean = true,
  $includeInstructeurs: Boolean = true, $includeTraitements: Boolean = true
) { dossier(number: $dossierNumber) { ...dossier } }

fragment question on ChampDescriptor { __typename id label required }
fragment groupe on Groupe { id number label instructeurs @include(if: $includeInstructeurs) { id email } }
fragment deleted on DeletedDossier { id number dateSupression state reason }
fragment dossier on Dossier {
  __typename id number archived state motivation
  dateDepot dateDerniereModification dateDerniereModificationChamps datePassageEnInstruction dateTraitement
  dateSuppressionParUsager
  usager { email } groupeInstructeur { ...groupe }
  instructeurs @include(if: $includeInstructeurs) { id email }
  traitements @include(if: $includeTraitements) { event dateTraitement }
  demandeur {
    __typename
    ... on PersonnePhysique { civilite nom prenom email }
    ... on PersonneMorale { siret entreprise { raisonSociale } }
    ... on PersonneMoraleIncomplete { siret }
  }
  champs @include(if: $includeChamps) { ...champ ... on RepetitionChamp { rows { id champs { ...champ } } } }
  annotations @include(if: $includeAnotations) { ...champ ... on RepetitionChamp { rows { id champs { ...champ } } } }
}
fragment champ on Champ {
  __typename id champDescriptorId label stringValue
  ... on CheckboxChamp { checked: value }
  ... on YesNoChamp { selected: value }
  ... on DateChamp { date }
  ... on DatetimeChamp { datetime }
  ... on DecimalNumberChamp { decimalNumber: value }
  ... on IntegerNumberChamp { integerNumber: value }
  ... on CiviliteChamp { civilite: value }
  ... on DropDownListChamp { value }
  ... on LinkedDropDownListChamp { primaryValue secondaryValue }
  ... on MultipleDropDownListChamp { values }
  ... on PieceJustificativeChamp { files {
    filename contentType checksum byteSize: byteSizeBigInt url virusScanResult
  } }
  ... on SiretChamp { etablissement { siret entreprise { raisonSociale } } }
  ... on DossierLinkChamp { dossier { id number state } }
}
"""

_MUTATIONS: Final = "\n".join(
    f"mutation dossier{name}($input: {name}Input!) "
    f"{{ dossier{name}(input: $input) {{ dossier {{ id state }} errors {{ message }} }} }}"
    for name in _DECISIONS
)

STORED: Final = {QUERIES: _QUERIES, MUTATIONS: _MUTATIONS}
"""id → document."""
