import inspect

from rag import errors


def test_the_tree_in_the_docstring_is_the_tree_in_the_code() -> None:
    drawn = [
        line.split("──")[-1].split()[0]
        for line in (errors.__doc__ or "").splitlines()
        if "──" in line
    ]
    classes = [name for name, item in inspect.getmembers(errors, inspect.isclass)]
    assert sorted([*drawn, "DatelineError"]) == sorted(classes)
    assert all(issubclass(getattr(errors, name), errors.DatelineError) for name in classes)
