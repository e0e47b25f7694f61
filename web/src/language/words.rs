//! Everything that a page says by itself.

/// The words of one language; both must have all of them, or the program does not compile.
#[derive(Debug)]
pub struct Words {
    /// The name of the program, on every page.
    pub name: &'static str,
    /// What it is.
    pub motto: &'static str,
    /// The link that jumps over the head of the page.
    pub skip: &'static str,
    /// The link to the other language, in that language.
    pub other_language: &'static str,
    /// The name of the navigation.
    pub nav_label: &'static str,
    /// Navigation: search.
    pub nav_search: &'static str,
    /// Navigation: campaigns.
    pub nav_campaigns: &'static str,
    /// Navigation: missing documents.
    pub nav_missing: &'static str,
    /// Navigation: review.
    pub nav_review: &'static str,
    /// Navigation: help.
    pub nav_help: &'static str,
    /// The foot of the page.
    pub footer: &'static str,
    /// The link to the description of the API.
    pub footer_api: &'static str,
    /// The name of the search box.
    pub search_label: &'static str,
    /// What to type, inside the empty search box.
    pub search_hint: &'static str,
    /// The button of the search box.
    pub search_button: &'static str,
    /// The heading of a list of all documents.
    pub all_documents: &'static str,
    /// Before the ways to take the whole list away.
    pub export: &'static str,
    /// Column of that list.
    pub export_passage: &'static str,
    /// Column of that list.
    pub export_id: &'static str,
    /// The title of a page of hits, before the query.
    pub results_for: &'static str,
    /// Behind the number of documents.
    pub documents: &'static str,
    /// Behind the number one.
    pub document: &'static str,
    /// Before the number of milliseconds.
    pub took: &'static str,
    /// Before what a query pasted from a scan was read as.
    pub read_as: &'static str,
    /// Leads to the same search for the letters as typed.
    pub as_typed: &'static str,
    /// Before the earliest document.
    pub first: &'static str,
    /// Between the earliest document and the number of those without a date.
    pub first_but: &'static str,
    /// Behind the number of those without a date.
    pub first_undated: &'static str,
    /// The name of the choice of strictness.
    pub match_label: &'static str,
    /// Matched as the query decides.
    pub match_typed: &'static str,
    /// Matched with its marks.
    pub match_marked: &'static str,
    /// Matched with marks ignored.
    pub match_bare: &'static str,
    /// Matched through what the scanner may have meant.
    pub match_scan: &'static str,
    /// What it means.
    pub match_typed_hint: &'static str,
    /// What it means.
    pub match_marked_hint: &'static str,
    /// What it means.
    pub match_bare_hint: &'static str,
    /// What it means.
    pub match_scan_hint: &'static str,
    /// Opens why a passage matches.
    pub why: &'static str,
    /// The passage as scanned.
    pub why_scan: &'static str,
    /// The passage as restored.
    pub why_reading: &'static str,
    /// How sure the reading is.
    pub why_confidence: &'static str,
    /// Where nothing was restored.
    pub why_clean: &'static str,
    /// The button that copies a passage with its source.
    pub quote: &'static str,
    /// How to use that button on the page of a document.
    pub quote_hint: &'static str,
    /// The citation line of a hit.
    pub source: &'static str,
    /// Opens further passages.
    pub more_passages: &'static str,
    /// Before other paths of the same text.
    pub also_at: &'static str,
    /// Where a document has no number.
    pub no_number: &'static str,
    /// Where a document has no date.
    pub no_date: &'static str,
    /// Where a document has no title.
    pub no_title: &'static str,
    /// Where a document has no issuer.
    pub no_issuer: &'static str,
    /// The heading of the filters.
    pub filters: &'static str,
    /// The name of the list of active filters.
    pub active_filters: &'static str,
    /// Read out on the chip of a filter.
    pub remove_filter: &'static str,
    /// Removes all filters.
    pub clear_filters: &'static str,
    /// Facet.
    pub facet_issuer: &'static str,
    /// Facet.
    pub facet_level: &'static str,
    /// Facet.
    pub facet_province: &'static str,
    /// Facet.
    pub facet_kind: &'static str,
    /// Facet.
    pub facet_topic: &'static str,
    /// Facet.
    pub facet_year: &'static str,
    /// Facet.
    pub facet_section: &'static str,
    /// Bodies whose level is unknown.
    pub other_bodies: &'static str,
    /// The first day.
    pub from: &'static str,
    /// The last day.
    pub to: &'static str,
    /// Applies the days.
    pub apply: &'static str,
    /// The name of the choice of order.
    pub sort_label: &'static str,
    /// Order.
    pub sort_relevance: &'static str,
    /// Order.
    pub sort_newest: &'static str,
    /// Order.
    pub sort_oldest: &'static str,
    /// The next page.
    pub next_page: &'static str,
    /// The first page.
    pub first_page: &'static str,
    /// The name of the paging.
    pub pages_label: &'static str,
    /// Nothing was found.
    pub empty_heading: &'static str,
    /// What to try, the first line.
    pub empty_text: &'static str,
    /// Loosen the marks, before the label.
    pub empty_loosen: &'static str,
    /// Drop filters.
    pub empty_filters: &'static str,
    /// Drop quotes.
    pub empty_quotes: &'static str,
    /// Fewer words.
    pub empty_fewer: &'static str,
    /// Another spelling of a number.
    pub empty_number: &'static str,
    /// All documents.
    pub empty_all: &'static str,
    /// An error of the asker.
    pub error_heading: &'static str,
    /// What was given for a number is none.
    pub error_heading_number: &'static str,
    /// Nothing there.
    pub error_heading_missing: &'static str,
    /// An error of ours.
    pub error_heading_server: &'static str,
    /// Points to the place in the query.
    pub error_here: &'static str,
    /// Back to the search.
    pub error_back: &'static str,
    /// Back from a document to the hits.
    pub back_to_results: &'static str,
    /// The heading of the facts of a document.
    pub facts: &'static str,
    /// Fact.
    pub fact_number: &'static str,
    /// Fact.
    pub fact_kind: &'static str,
    /// Fact.
    pub fact_issuer: &'static str,
    /// Fact.
    pub fact_level: &'static str,
    /// Fact.
    pub fact_province: &'static str,
    /// Fact.
    pub fact_province_today: &'static str,
    /// Fact.
    pub fact_date: &'static str,
    /// Fact.
    pub fact_place: &'static str,
    /// Fact.
    pub fact_title: &'static str,
    /// Fact.
    pub fact_signatory: &'static str,
    /// Fact: the document that lent the spelling of the name.
    pub fact_signatory_lent_by: &'static str,
    /// Fact.
    pub fact_signatory_title: &'static str,
    /// Fact.
    pub fact_signed_for: &'static str,
    /// Fact.
    pub fact_confidentiality: &'static str,
    /// Fact.
    pub fact_urgency: &'static str,
    /// Fact.
    pub fact_draft: &'static str,
    /// Fact.
    pub fact_recipients: &'static str,
    /// Fact.
    pub fact_topics: &'static str,
    /// Fact.
    pub fact_key_phrases: &'static str,
    /// Fact.
    pub fact_deadline: &'static str,
    /// Fact.
    pub fact_not_before: &'static str,
    /// Fact.
    pub fact_not_after: &'static str,
    /// Fact.
    pub fact_files: &'static str,
    /// A field that was not found.
    pub unknown: &'static str,
    /// Yes.
    pub yes: &'static str,
    /// A field that a person corrected.
    pub corrected: &'static str,
    /// Before the scanned words of a field.
    pub evidence: &'static str,
    /// Shows a field's evidence in the text.
    pub evidence_in_text: &'static str,
    /// The heading of the outline.
    pub outline: &'static str,
    /// The heading of the text.
    pub text: &'static str,
    /// The name of the choice of layer.
    pub layer_label: &'static str,
    /// Layer.
    pub layer_restored: &'static str,
    /// Layer.
    pub layer_scan: &'static str,
    /// Layer.
    pub layer_both: &'static str,
    /// What the dotted line means.
    pub layer_note: &'static str,
    /// A document that was typed clean.
    pub layer_clean: &'static str,
    /// Behind the number of places that match.
    pub matches_here: &'static str,
    /// The heading of the ready citation.
    pub cite_this: &'static str,
    /// The button that copies.
    pub copy: &'static str,
    /// After copying.
    pub copied: &'static str,
    /// The heading of the basis.
    pub basis: &'static str,
    /// The heading of the citations.
    pub cites: &'static str,
    /// The heading of the citing documents.
    pub cited_by: &'static str,
    /// A cited document that the corpus lacks.
    pub not_here: &'static str,
    /// Role.
    pub role_basis: &'static str,
    /// Role.
    pub role_implements: &'static str,
    /// Role.
    pub role_amends: &'static str,
    /// Role.
    pub role_mentions: &'static str,
    /// The heading of the tasks.
    pub tasks: &'static str,
    /// Column.
    pub task_who: &'static str,
    /// Column.
    pub task_what: &'static str,
    /// Column.
    pub task_when: &'static str,
    /// The heading of the doubts.
    pub problems: &'static str,
    /// The link to the same as JSON.
    pub json: &'static str,
    /// The link to the plain text.
    pub plain_text: &'static str,
    /// The heading of the implementation tree.
    pub tree: &'static str,
    /// The link from the tree to the page of the campaign.
    pub tree_campaign: &'static str,
    /// Sister bodies that are absent.
    pub tree_absent: &'static str,
    /// Behind the number of absent bodies.
    pub tree_bodies: &'static str,
    /// The heading of the campaigns.
    pub campaigns: &'static str,
    /// What a campaign is.
    pub campaigns_text: &'static str,
    /// There are none.
    pub campaigns_none: &'static str,
    /// The heading of the time line.
    pub campaign_timeline: &'static str,
    /// The heading of the coverage table.
    pub campaign_coverage: &'static str,
    /// Provinces of the corpus without such a document.
    pub campaign_absent: &'static str,
    /// The heading of the documents.
    pub campaign_documents: &'static str,
    /// The heading of the missing documents.
    pub missing: &'static str,
    /// What the list is.
    pub missing_text: &'static str,
    /// There are none.
    pub missing_none: &'static str,
    /// Column.
    pub missing_count: &'static str,
    /// The heading of the review page.
    pub review: &'static str,
    /// What the list is.
    pub review_text: &'static str,
    /// There are none.
    pub review_none: &'static str,
    /// Column.
    pub review_field: &'static str,
    /// Column.
    pub review_value: &'static str,
    /// Column.
    pub review_document: &'static str,
    /// How to correct: the first sentence.
    pub review_how_text: &'static str,
    /// The heading of how to correct.
    pub review_how: &'static str,
    /// Column.
    pub province: &'static str,
    /// Column.
    pub first_date: &'static str,
    /// Before the sum of something.
    pub to_report: &'static str,
}
