"""The web application around the core: people, their rights, their accounts, imports and the pages they work on.

Each app is one room with the same furniture: models, queries, actions, access, forms, pages, views, urls.
`docs/architecture.md` says which room may know which.
"""
