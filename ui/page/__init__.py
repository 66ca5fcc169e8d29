"""The page that `dateline chat` serves, with Streamlit. To add a page, name it in `app.py`."""
