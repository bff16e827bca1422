"""Who is who: a dated tree of agencies, posts, people, roles, delegation.

Law: two-level local government from 1 July 2025 (the district level ends on 30 June 2025) is data
with validity dates, never a constant. The one question that all apps above ask is
``may(person, permission, agency)``.
"""
