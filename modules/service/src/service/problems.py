"""Errors as problem details, the standard for errors in JSON (RFC 9457)."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException


class Problem(Exception):
    """What an endpoint raises when it cannot answer: a status, and a sentence for the caller."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def answer_with_problems(app: FastAPI) -> None:
    """Makes an app answer every error with problem details."""

    @app.exception_handler(Problem)
    async def on_problem(request: Request, problem: Problem) -> JSONResponse:
        return response(problem.status, problem.detail)

    @app.exception_handler(HTTPException)
    async def on_http_exception(request: Request, error: HTTPException) -> JSONResponse:
        answer = response(HTTPStatus(error.status_code), str(error.detail))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def on_invalid_request(request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [
            {"where": ".".join(map(str, problem["loc"])), "what": problem["msg"]}
            for problem in error.errors()
        ]
        detail = f"{len(errors)} of the request's values cannot be used"
        return response(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)

    @app.exception_handler(Exception)
    async def on_bug(request: Request, error: Exception) -> JSONResponse:
        # What went wrong inside is for the server's own output, not for the caller.
        return response(
            HTTPStatus.INTERNAL_SERVER_ERROR, "the service failed; it is not your request"
        )


def response(status: HTTPStatus, detail: str, **more: object) -> JSONResponse:
    problem = {"title": status.phrase, "status": status, "detail": detail, **more}
    return JSONResponse(jsonable_encoder(problem), status, media_type="application/problem+json")
