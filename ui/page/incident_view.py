"""Show on the page that something went wrong which nobody expected."""

import streamlit as st

from ui.page.incidents import report


def show_incident(error: BaseException) -> bool:
    """Log an error and show a sentence with its id; True says to Streamlit that it was shown."""
    st.text(report(error))
    st.button("Load the page again")
    return True
