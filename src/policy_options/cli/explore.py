"""``explore``: the dossier as a page in the browser, where a weight is a slider."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import DebugOption, DossierOption, VerboseOption
from policy_options.cli.running import command, emit, say

__all__ = ["register"]


@command
def explore(
    link: Annotated[
        str | None,
        typer.Argument(
            metavar="[LINK]", help="A link that was kept: what it shows is shown again.", show_default=False
        ),
    ] = None,
    dossier: DossierOption = Path(),
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="The port; 0 for any.", show_default="8472, or a free one"),
    ] = None,
    host: Annotated[
        str | None,
        typer.Option(
            "--host", metavar="ADDRESS", help="Where to listen, for a workshop.", show_default="this machine alone"
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A name by which browsers may ask; may be repeated."),
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="A certificate in PEM format, for https.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="The key of the certificate.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Leave the names of participants and scorers out of pages and files.")
    ] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the link, and open no browser.")] = False,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Open the dossier in a browser, where weights are sliders.

    Whoever has the printed link can see and change the dossier. Ctrl-C ends it.

    \b
    Examples:
      policy-options explore
      policy-options explore --port 8500 --no-open
      policy-options explore --host 0.0.0.0 --allow-host planning.example.org \\
        --tls-cert cert.pem --tls-key key.pem
    """
    import gc
    import importlib.util

    from policy_options.errors import PolicyOptionsError

    for name in ("starlette", "uvicorn"):
        if importlib.util.find_spec(name) is None:
            raise PolicyOptionsError.of(
                "extra-missing",
                f"the explorer needs {name}, which is not installed",
                'run: pip install "policy-options[explore]"',
                ids=(name,),
            )
    from policy_options.web.serving import LOOPBACK, Serving, query_of, serve

    gc.enable()  # unlike other commands, this one runs for hours
    serving = Serving(host, port, tuple(allow_host or ()), tls_cert, tls_key)
    if host is not None and host not in (*LOOPBACK, "localhost") and tls_cert is None:
        say("warning: without --tls-cert and --tls-key, others on the network can read what passes and take part in it")

    def show(opened: str) -> None:
        emit(f"{opened}\n", None)
        say("Open this link in a browser. It is for you alone; Ctrl-C ends the explorer.")

    serve(dossier, serving, query=query_of(link or ""), public=public, show=show, open_browser=not no_open)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explore)
