"""Pages for people, one module for each thing people do."""

from __future__ import annotations

from flask import Flask

from web.pages.account import pages as account_pages
from web.pages.actor import pages as actor_pages
from web.pages.admin import pages as admin_pages
from web.pages.admin_areas import pages as admin_area_pages
from web.pages.admin_health import pages as health_pages
from web.pages.admin_log import pages as log_pages
from web.pages.admin_retention import pages as retention_pages
from web.pages.admin_words import pages as word_pages
from web.pages.area import pages as area_pages
from web.pages.assignments import pages as assignment_pages
from web.pages.attention import pages as attention_pages
from web.pages.calendars import pages as calendar_pages
from web.pages.consent import pages as consent_pages
from web.pages.coverage import pages as coverage_pages
from web.pages.coverage_area import pages as coverage_area_pages
from web.pages.coverage_change import pages as coverage_change_pages
from web.pages.coverage_council import pages as council_pages
from web.pages.coverage_files import pages as coverage_file_pages
from web.pages.coverage_plan import pages as plan_pages
from web.pages.developers import pages as developer_pages
from web.pages.editing import pages as editing_pages
from web.pages.experiences import pages as experience_pages
from web.pages.finding import pages as finding_pages
from web.pages.imports import pages as import_pages
from web.pages.information import pages as information_pages
from web.pages.kaart import pages as kaart_pages
from web.pages.looked import pages as looked_pages
from web.pages.mail_answers import pages as mail_answer_pages
from web.pages.mail_box import pages as mail_box_pages
from web.pages.manual import pages as manual_pages
from web.pages.merging import pages as merging_pages
from web.pages.nearby import pages as nearby_pages
from web.pages.network import pages as network_pages
from web.pages.network_area import pages as network_area_pages
from web.pages.network_leave import pages as leave_pages
from web.pages.network_municipalities import pages as municipality_pages
from web.pages.offer import pages as offer_pages
from web.pages.osm_drafts import pages as osm_draft_pages
from web.pages.own_data import pages as own_data_pages
from web.pages.ownership import pages as ownership_pages
from web.pages.people import pages as people_pages
from web.pages.proposals import pages as proposal_pages
from web.pages.sheet import pages as sheet_pages
from web.pages.sign_in import pages as sign_in_pages
from web.pages.signals import pages as signal_pages
from web.pages.start import pages as start_pages
from web.pages.street import pages as street_pages
from web.pages.triangle import pages as triangle_pages
from web.pages.work_sign_in import pages as work_sign_in_pages

_PAGES = (
    start_pages,
    kaart_pages,
    finding_pages,
    network_pages,
    network_area_pages,
    leave_pages,
    municipality_pages,
    coverage_pages,
    coverage_area_pages,
    area_pages,
    actor_pages,
    offer_pages,
    calendar_pages,
    sheet_pages,
    sign_in_pages,
    work_sign_in_pages,
    people_pages,
    admin_pages,
    word_pages,
    admin_area_pages,
    log_pages,
    retention_pages,
    health_pages,
    account_pages,
    attention_pages,
    nearby_pages,
    merging_pages,
    ownership_pages,
    editing_pages,
    street_pages,
    proposal_pages,
    osm_draft_pages,
    consent_pages,
    mail_answer_pages,
    mail_box_pages,
    own_data_pages,
    experience_pages,
    looked_pages,
    signal_pages,
    assignment_pages,
    triangle_pages,
    plan_pages,
    coverage_change_pages,
    council_pages,
    coverage_file_pages,
    import_pages,
    information_pages,
    developer_pages,
    manual_pages,
)


def register_pages(app: Flask) -> None:
    """Put every page in the application."""
    for pages in _PAGES:
        app.register_blueprint(pages)
