"""The app: what it is asked, what it answers."""

import os
from http import HTTPStatus
from importlib.metadata import version
from typing import Annotated, Literal

from fastapi import FastAPI
from pydantic import BaseModel, Field, FiniteFloat

from service.problems import Problem, answer_with_problems
from service.settings import Settings, read_settings
from service.summaries import Summary, summarise


class Series(BaseModel, extra="forbid"):
    """A request for a summary."""

    values: Annotated[list[FiniteFloat], Field(examples=[[1.5, 2, 4]])]


class Health(BaseModel):
    """That the service is up, and which version of it."""

    status: Literal["ok"] = "ok"
    version: str


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app, ready to be served.

    Inputs:
        settings: those of the environment if left out.
    """
    settings = settings or read_settings(os.environ)
    app = FastAPI(title="service", version=version("service"))
    answer_with_problems(app)

    @app.get("/health")
    def health() -> Health:
        return Health(version=app.version)

    @app.post("/summaries")
    def post_summary(series: Series) -> Summary:
        if len(series.values) > settings.max_values:
            raise Problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"{len(series.values)} values are more than {settings.max_values}",
            )
        try:
            return summarise(series.values)
        except ValueError as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error

    return app
